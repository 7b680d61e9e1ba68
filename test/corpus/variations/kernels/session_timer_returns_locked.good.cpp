// What: A session store prolongs sessions and ends them by a timer's callback, which holds the store's lock in a scoped guard.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <string>

using namespace std::chrono_literals;

struct Session {
  std::string user;
  int generation = 0;
};

class SessionStore {
 public:
  void Touch(const std::string& user) {
    std::lock_guard<heddle::Mutex> guard(state_->mu);
    Session& session = state_->sessions[user];
    session.user = user;
    ExpireLater(user, ++session.generation);
  }

  std::size_t Count() const {
    std::lock_guard<heddle::Mutex> guard(state_->mu);
    return state_->sessions.size();
  }

 private:
  struct State {
    heddle::Mutex mu;
    std::map<std::string, Session> sessions;
  };

  void ExpireLater(const std::string& user, int generation) {
    heddle::Timer::AfterFunc(200us, [state = state_, user, generation] {
      Expire(*state, user, generation);
    });
  }

  static void Expire(State& state, const std::string& user, int generation) {
    std::lock_guard<heddle::Mutex> guard(state.mu);
    auto it = state.sessions.find(user);
    const bool prolonged = it == state.sessions.end() || it->second.generation != generation;
    if (prolonged) return;
    state.sessions.erase(it);
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

int main() {
  SessionStore store;
  for (int i = 0; i < 300; ++i) {
    store.Touch("ann");
    store.Touch("ben");
    heddle::Sleep(10us);
  }
  std::printf("%zu sessions\n", store.Count());
}

// What: A session store prolongs sessions and ends them by a timer's callback, which returns with the store locked when the session was prolonged meanwhile.
// Run: hang-some
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
    std::lock_guard<heddle::Mutex> guard(state_->mu);  // bug: deadlock, double-lock
    Session& session = state_->sessions[user];
    session.user = user;
    ExpireLater(user, ++session.generation);
  }

  std::size_t Count() const {
    std::lock_guard<heddle::Mutex> guard(state_->mu);  // bug: deadlock, double-lock
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
    state.mu.lock();  // bug: missing-unlock, deadlock
    auto it = state.sessions.find(user);
    const bool prolonged = it == state.sessions.end() || it->second.generation != generation;
    if (prolonged) return;  // bug: missing-unlock, deadlock
    state.sessions.erase(it);
    state.mu.unlock();
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

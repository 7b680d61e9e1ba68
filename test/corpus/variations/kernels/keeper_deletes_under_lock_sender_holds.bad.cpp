// What: A cloakroom sends every new ticket to its keeper with its lock held; the keeper expires tickets by a callback that takes that lock.
// Run: hang-some
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Keeper {
 public:
  using Expire = std::function<void(int)>;
  explicit Keeper(Expire expire) : expire_(std::move(expire)) {}

  void Start() {
    task_.Go([this] { Run(); });  // bug: deadlock
  }

  void Add(int ticket) { added_.Send(ticket); }  // bug: blocking-under-lock, deadlock

  void Stop() {
    stop_.Close();
    task_.Wait();
  }

 private:
  void Run() {
    heddle::Ticker sweep(20us);
    HEDDLE_DEFER(sweep.Stop());
    std::optional<int> oldest;
    for (bool running = true; running;) {
      heddle::Select(heddle::OnRecv(added_, [&](std::optional<int> ticket) { oldest = ticket; }),
                     heddle::OnRecv(sweep.C(),
                                    [&](auto) {
                                      if (oldest) expire_(*std::exchange(oldest, std::nullopt));  // bug: deadlock, blocking-under-lock, callback-under-lock
                                    }),
                     heddle::OnRecv(stop_, [&](auto) { running = false; }));
    }
  }

  Expire expire_;
  heddle::Channel<int> added_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup task_;
};

class Cloakroom {
 public:
  Cloakroom() { keeper_.Start(); }
  ~Cloakroom() { keeper_.Stop(); }

  int Take(const std::string& coat) {
    int ticket = 0;
    {
      heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
      ticket = ++last_;
      coats_[ticket] = coat;
      keeper_.Add(ticket);  // bug: blocking-under-lock, deadlock
    }
    return ticket;
  }

 private:
  void Forget(int ticket) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    coats_.erase(ticket);
  }

  heddle::Mutex mu_;
  std::map<int, std::string> coats_;
  int last_ = 0;
  Keeper keeper_{[this](int ticket) { Forget(ticket); }};
};

int main() {
  Cloakroom cloakroom;
  int last = 0;
  for (int i = 0; i < 5000; ++i) last = cloakroom.Take("coat");
  std::printf("%d coats\n", last);
}

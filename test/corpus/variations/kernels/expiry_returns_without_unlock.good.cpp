// What: A cloakroom gives a ticket back for free after a while, from a timer's call; the call lets the cloakroom's lock go on both of its ways out.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <string>

using namespace std::chrono_literals;

class Cloakroom {
 public:
  explicit Cloakroom(std::chrono::nanoseconds keep) : keep_(keep) {}

  int Deposit(const std::string& coat) {
    heddle::MutexLock lock(mu_);
    const int ticket = free_.empty() ? ++last_ : *free_.begin();
    free_.erase(ticket);
    coats_[ticket] = Entry{coat, false};
    timers_.Add(1);
    heddle::Timer::AfterFunc(keep_, [this, ticket] {
      HEDDLE_DEFER(timers_.Done());
      Expire(ticket);
    });
    return ticket;
  }

  // The coat for `ticket`; the ticket stays taken until it expires.
  std::string Claim(int ticket) {
    heddle::MutexLock lock(mu_);
    auto it = coats_.find(ticket);
    if (it == coats_.end()) return "nothing";
    it->second.claimed = true;
    return it->second.coat;
  }

  void Close() { timers_.Wait(); }

 private:
  struct Entry {
    std::string coat;
    bool claimed;
  };

  void Expire(int ticket) {
    mu_.Lock();
    auto it = coats_.find(ticket);
    if (it == coats_.end() || it->second.claimed) {
      mu_.Unlock();
      return;
    }
    std::printf("%s goes to lost property\n", it->second.coat.c_str());
    coats_.erase(it);
    free_.insert(ticket);
    mu_.Unlock();
  }

  const std::chrono::nanoseconds keep_;
  heddle::Mutex mu_;
  int last_ = 0;
  std::set<int> free_;
  std::map<int, Entry> coats_;
  heddle::WaitGroup timers_;
};

int main() {
  Cloakroom cloakroom(50us);
  for (int guest = 0; guest < 40; ++guest) {
    const int ticket = cloakroom.Deposit("coat " + std::to_string(guest));
    if (guest % 3 != 0) cloakroom.Claim(ticket);
  }
  cloakroom.Close();
}

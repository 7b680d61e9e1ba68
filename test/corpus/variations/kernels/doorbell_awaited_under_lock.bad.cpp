// What: A porter waits for the bell with the desk's lock held when no guest is registered; registering a guest takes that lock before it rings.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <mutex>
#include <set>
#include <string>
#include <utility>

class Bell {
 public:
  void Ring() {
    heddle::Unit ring;
    ringing_.TrySend(ring);
  }
  void Await() const { ringing_.Recv(); }  // bug: blocking-under-lock, deadlock

 private:
  heddle::Channel<heddle::Unit> ringing_{1};
};

class Desk {
 public:
  void Register(std::string guest) {
    std::scoped_lock lock(mu_);  // bug: blocking-under-lock, deadlock
    const bool first = guests_.empty();
    guests_.insert(std::move(guest));
    if (first) bell_.Ring();
  }

  // The number of guests, at least one.
  std::size_t CountWhenBusy() {
    std::unique_lock lock(mu_);  // bug: blocking-under-lock, deadlock
    if (guests_.empty()) {
      bell_.Await();  // bug: blocking-under-lock, deadlock
    }
    return guests_.size();
  }

 private:
  heddle::Mutex mu_;
  std::set<std::string> guests_;
  Bell bell_;
};

int main() {
  Desk desk;
  heddle::WaitGroup staff;
  staff.Go([&desk] { std::printf("%zu guests\n", desk.CountWhenBusy()); });
  heddle::Yield();
  for (const char* guest : {"miller", "smith"}) desk.Register(guest);  // bug: blocking-under-lock, deadlock
  staff.Wait();
}

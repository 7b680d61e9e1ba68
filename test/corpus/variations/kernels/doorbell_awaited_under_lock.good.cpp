// What: A porter waits for the bell after the desk's lock was dropped; registering a guest takes that lock before it rings.
// Run: clean
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
  void Await() const { ringing_.Recv(); }

 private:
  heddle::Channel<heddle::Unit> ringing_{1};
};

class Desk {
 public:
  void Register(std::string guest) {
    std::scoped_lock lock(mu_);
    const bool first = guests_.empty();
    guests_.insert(std::move(guest));
    if (first) bell_.Ring();
  }

  // The number of guests, at least one.
  std::size_t CountWhenBusy() {
    std::unique_lock lock(mu_);
    if (guests_.empty()) {
      lock.unlock();
      bell_.Await();
      lock.lock();
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
  for (const char* guest : {"miller", "smith"}) desk.Register(guest);
  staff.Wait();
}

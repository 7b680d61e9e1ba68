// What: A mill's feeder waits on a condition until there is room in the hopper; the grinder leaves at the stop, and the wait for room does not know of the stop.
// Run: hang-some
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

class Hopper {
 public:
  // Returns false once the mill is stopped.
  bool Put(int sack) {
    std::unique_lock<std::mutex> lock(mu_);
    room_.wait(lock, [this] { return sacks_.size() < kRoom; });  // bug: deadlock, leaked-task
    if (stopped_) return false;
    sacks_.push_back(sack);
    filled_.notify_one();
    return true;
  }

  // The next sack; none once the mill is stopped.
  std::optional<int> Take() {
    std::unique_lock<std::mutex> lock(mu_);
    filled_.wait(lock, [this] { return stopped_ || !sacks_.empty(); });
    if (stopped_) return std::nullopt;
    const int sack = sacks_.front();
    sacks_.pop_front();
    room_.notify_one();
    return sack;
  }

  void Stop() {
    std::lock_guard<std::mutex> lock(mu_);
    stopped_ = true;  // bug: deadlock
    filled_.notify_all();
    room_.notify_all();
  }

 private:
  static constexpr std::size_t kRoom = 4;

  std::mutex mu_;
  std::condition_variable filled_;
  std::condition_variable room_;
  std::deque<int> sacks_;
  bool stopped_ = false;
};

// Runs the threads of a mill and joins them all.
class Mill {
 public:
  void Spawn(std::function<void()> body) { threads_.emplace_back(std::move(body)); }  // bug: leaked-task
  ~Mill() {
    for (std::thread& thread : threads_) thread.join();  // bug: deadlock
  }

 private:
  std::vector<std::thread> threads_;
};

unsigned Grind(int sack) {
  unsigned flour = static_cast<unsigned>(sack);
  for (int turn = 0; turn < 20'000; ++turn) flour = flour * 31 + 7;
  return flour;
}

int main() {
  Hopper hopper;
  int ground = 0;
  unsigned flour = 0;
  {
    Mill mill;
    mill.Spawn([&] {  // bug: leaked-task
      for (int sack = 0; hopper.Put(sack); ++sack) {
      }
    });
    mill.Spawn([&] {
      while (std::optional<int> sack = hopper.Take()) {
        flour ^= Grind(*sack);
        if (++ground == 100) hopper.Stop();
      }
    });
  }
  std::printf("%d sacks ground to %u\n", ground, flour);
}

// What: Workers sleep on a condition until there is work or the pool shuts down; the shutdown sets its flag and joins them without waking them.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

class Pool {
 public:
  using Work = std::function<void()>;

  explicit Pool(int workers) {
    for (int i = 0; i < workers; ++i) workers_.Go([this] { Loop(); });  // bug: leaked-task, deadlock
  }

  ~Pool() {
    Shutdown();
    workers_.Wait();  // bug: deadlock
  }

  void Submit(Work work) {
    {
      std::unique_lock<heddle::Mutex> lock(mu_);
      queue_.push_back(std::move(work));
    }
    has_work_.Signal();
  }

 private:
  enum class State { kRunning, kShutdown };

  void Shutdown() {
    std::unique_lock<heddle::Mutex> lock(mu_);
    state_ = State::kShutdown;  // bug: deadlock, wait-without-loop
  }

  std::optional<Work> Next() {
    std::unique_lock<heddle::Mutex> lock(mu_);
    has_work_.Wait([this] { return state_ == State::kShutdown || !queue_.empty(); });  // bug: deadlock, leaked-task, wait-without-loop
    if (queue_.empty()) return std::nullopt;
    Work work = std::move(queue_.front());
    queue_.pop_front();
    return work;
  }

  void Loop() {
    while (std::optional<Work> work = Next()) (*work)();
  }

  heddle::Mutex mu_;
  heddle::Cond has_work_{mu_};
  std::deque<Work> queue_;
  State state_ = State::kRunning;
  heddle::WaitGroup workers_;
};

int main() {
  heddle::WaitGroup printed;
  printed.Add(2);
  auto pool = std::make_unique<Pool>(2);
  for (int i = 0; i < 2; ++i) {
    pool->Submit([i, &printed] {
      std::printf("work %d\n", i);
      printed.Done();
    });
  }
  printed.Wait();
  pool.reset();  // bug: deadlock
}

// What: A work queue's shutdown sets its flag and wakes nobody, so a worker that waits for a job sleeps on and the join with it.
// Run: hang-some
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

template <class Job>
class WorkQueue {
 public:
  void Push(Job job) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
  }

  std::optional<Job> Pop() {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait(lock, [this] { return shut_down_ || !jobs_.empty(); });  // bug: deadlock, leaked-task, wait-without-loop
    if (jobs_.empty()) return std::nullopt;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }

  void ShutDown() {
    std::lock_guard<std::mutex> lock(mutex_);
    shut_down_ = true;  // bug: deadlock, leaked-task, wait-without-loop
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  bool shut_down_ = false;
};

class ThreadPool {
 public:
  explicit ThreadPool(int threads) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this] {  // bug: leaked-task, deadlock
        while (auto job = queue_.Pop()) (*job)();
      });
    }
  }
  ~ThreadPool() {
    queue_.ShutDown();
    for (std::thread& thread : threads_) thread.join();  // bug: deadlock
  }
  void Submit(std::function<void()> job) { queue_.Push(std::move(job)); }

 private:
  WorkQueue<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
};

int main() {
  ThreadPool pool(2);
  for (int page = 1; page <= 3; ++page) {
    pool.Submit([page] { std::printf("page %d\n", page); });
  }
}

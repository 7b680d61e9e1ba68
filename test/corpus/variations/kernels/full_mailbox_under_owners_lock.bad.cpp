// What: A status board posts changes to a mailbox of limited size with the board's lock held; the clerk that empties the mailbox needs that lock for every change.
// Run: hang-some
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

template <class T>
class Mailbox {
 public:
  explicit Mailbox(std::size_t room) : room_(room) {}

  void Put(T item) {
    std::unique_lock<std::mutex> lock(mu_);
    changed_.wait(lock, [this] { return items_.size() < room_; });  // bug: blocking-under-lock, deadlock
    items_.push_back(std::move(item));
    changed_.notify_all();
  }

  // The next item; none once the mailbox is shut and empty.
  std::optional<T> Take() {
    std::unique_lock<std::mutex> lock(mu_);
    changed_.wait(lock, [this] { return shut_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  void Shut() {
    std::lock_guard<std::mutex> lock(mu_);
    shut_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t room_;
  std::mutex mu_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool shut_ = false;
};

class StatusBoard {
 public:
  void Start() {
    clerk_ = std::thread([this] {  // bug: deadlock
      while (std::optional<std::string> job = changes_.Take()) Settle(*job);
    });
  }

  void Set(const std::string& job, int percent) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: blocking-under-lock, deadlock
    percents_[job] = percent;
    changes_.Put(job);  // bug: blocking-under-lock, deadlock
  }

  void Stop() {
    changes_.Shut();
    clerk_.join();
  }

 private:
  void Settle(const std::string& job) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: blocking-under-lock, deadlock
    auto it = percents_.find(job);
    if (it == percents_.end() || it->second < 100) return;
    std::printf("%s is complete\n", job.c_str());
    percents_.erase(it);
  }

  std::mutex mu_;
  std::map<std::string, int> percents_;
  Mailbox<std::string> changes_{1};
  std::thread clerk_;
};

int main() {
  StatusBoard board;
  board.Start();
  for (int turn = 0; turn < 200; ++turn) {
    const std::string job = "job " + std::to_string(turn);
    for (int percent = 0; percent <= 100; percent += 25) board.Set(job, percent);
  }
  board.Stop();
}

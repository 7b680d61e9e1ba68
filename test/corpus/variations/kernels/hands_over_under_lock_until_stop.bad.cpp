// What: A lost-property office waits for a find and then for somebody to fetch it, both with its lock held; whoever asks for the shelf needs that lock before he can fetch anything.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class LostProperty {
 public:
  using Filter = std::function<bool(const std::string&)>;

  void Add(std::string find) {
    std::lock_guard<heddle::Mutex> guard(mu_);  // bug: blocking-under-lock, deadlock
    shelf_.push_back(std::move(find));
    added_.Broadcast();
  }

  std::size_t Count(const Filter& filter) {
    std::lock_guard<heddle::Mutex> guard(mu_);  // bug: blocking-under-lock, deadlock
    std::size_t count = 0;
    for (const std::string& find : shelf_) count += filter(find);
    return count;
  }

  // Hands one find over to whoever receives from `counter`; false once stopped.
  bool HandOver(const heddle::SendChannel<std::string>& counter) {
    std::unique_lock<heddle::Mutex> lock(mu_);  // bug: blocking-under-lock, deadlock
    while (shelf_.empty()) {
      if (stopped_) return false;
      added_.Wait();
    }
    std::string find = std::move(shelf_.back());
    shelf_.pop_back();
    return heddle::Select(heddle::OnSend(counter, std::move(find)), heddle::OnRecv(stop_)) == 0;  // bug: blocking-under-lock, deadlock
  }

  void Stop() {
    std::lock_guard<heddle::Mutex> guard(mu_);
    stopped_ = true;
    stop_.Close();
    added_.Broadcast();
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond added_{mu_};
  std::vector<std::string> shelf_;
  bool stopped_ = false;
  heddle::Channel<heddle::Unit> stop_;
};

int main() {
  LostProperty office;
  heddle::Channel<std::string> counter;
  heddle::WaitGroup clerk;
  clerk.Go([&office, counter] {  // bug: deadlock
    while (office.HandOver(counter)) {
    }
  });

  for (const char* find : {"glove", "umbrella", "glove"}) office.Add(find);  // bug: blocking-under-lock, deadlock
  const std::size_t gloves = office.Count([](const std::string& find) { return find == "glove"; });  // bug: blocking-under-lock, deadlock
  std::printf("%zu gloves on the shelf\n", gloves);
  if (std::optional<std::string> find = counter.Recv()) std::printf("fetched %s\n", find->c_str());
  office.Stop();
  clerk.Wait();
}

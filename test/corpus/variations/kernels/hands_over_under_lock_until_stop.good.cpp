// What: A lost-property office waits for a find with its lock held and takes it off the shelf; it waits for somebody to fetch it without the lock.
// Run: clean
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
    std::lock_guard<heddle::Mutex> guard(mu_);
    shelf_.push_back(std::move(find));
    added_.Broadcast();
  }

  std::size_t Count(const Filter& filter) {
    std::lock_guard<heddle::Mutex> guard(mu_);
    std::size_t count = 0;
    for (const std::string& find : shelf_) count += filter(find);
    return count;
  }

  // Hands one find over to whoever receives from `counter`; false once stopped.
  bool HandOver(const heddle::SendChannel<std::string>& counter) {
    std::unique_lock<heddle::Mutex> lock(mu_);
    while (shelf_.empty()) {
      if (stopped_) return false;
      added_.Wait();
    }
    std::string find = std::move(shelf_.back());
    shelf_.pop_back();
    lock.unlock();
    return heddle::Select(heddle::OnSend(counter, std::move(find)), heddle::OnRecv(stop_)) == 0;
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
  clerk.Go([&office, counter] {
    while (office.HandOver(counter)) {
    }
  });

  for (const char* find : {"glove", "umbrella", "glove"}) office.Add(find);
  const std::size_t gloves = office.Count([](const std::string& find) { return find == "glove"; });
  std::printf("%zu gloves on the shelf\n", gloves);
  if (std::optional<std::string> find = counter.Recv()) std::printf("fetched %s\n", find->c_str());
  office.Stop();
  clerk.Wait();
}

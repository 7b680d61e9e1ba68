// What: A feed parser counts its tasks by hand; a broken item makes a task throw before it comes to its Done.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

// An item of the form key=number.
int ParseItem(const std::string& item) {
  const std::size_t at = item.find('=');
  if (at == std::string::npos) throw std::runtime_error("no value: " + item);
  return std::stoi(item.substr(at + 1));
}

class Completion {
 public:
  explicit Completion(heddle::WaitGroup& wg) : wg_(&wg) {}
  Completion(Completion&& other) noexcept : wg_(std::exchange(other.wg_, nullptr)) {}
  Completion& operator=(Completion&&) = delete;
  void Finish() {
    if (wg_) std::exchange(wg_, nullptr)->Done();  // bug: missing-done, done-not-deferred
  }

 private:
  heddle::WaitGroup* wg_;
};

class Feed {
 public:
  void Parse(const std::string& item) {
    pending_.Add(1);  // bug: missing-done, counter-mismatch
    heddle::go([this, item, completion = Completion(pending_)]() mutable {  // bug: missing-done
      try {
        sum_ += ParseItem(item);  // bug: missing-done, done-not-deferred
      } catch (const std::invalid_argument&) {
        ++bad_;
      } catch (const std::runtime_error&) {
        ++bad_;
        return;  // bug: missing-done, done-not-deferred
      }
      completion.Finish();  // bug: missing-done, done-not-deferred
    });
  }

  std::pair<int, int> Result() {
    pending_.Wait();  // bug: missing-done, counter-mismatch, deadlock
    return {sum_.load(), bad_.load()};
  }

 private:
  heddle::WaitGroup pending_;
  std::atomic<int> sum_{0};
  std::atomic<int> bad_{0};
};

int main() {
  Feed feed;
  for (const char* item : {"a=1", "b=2", "broken", "c=x", "d=4"}) feed.Parse(item);
  const auto [sum, bad] = feed.Result();  // bug: deadlock
  std::printf("sum %d, %d broken\n", sum, bad);
}

// What: A logbook writes under its lock; a page that cannot be turned throws, and the handler outside that scope marks the logbook broken with a method that takes the lock.
// Run: clean
#include <cstdio>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

class Paper {
 public:
  virtual ~Paper() = default;
  virtual void TurnPage() = 0;
};

class Notebook : public Paper {
 public:
  explicit Notebook(int pages) : pages_(pages) {}
  void TurnPage() override {
    if (--pages_ < 0) throw std::runtime_error("no page left");
  }

 private:
  int pages_;
};

class Logbook {
 public:
  explicit Logbook(std::unique_ptr<Paper> paper) : paper_(std::move(paper)) {}

  void Write(const std::string& entry) {
    try {
      std::lock_guard<std::mutex> lock(mu_);
      TurnWhenFull();
      if (broken_.empty()) page_.push_back(entry);
    } catch (const std::runtime_error& error) {
      MarkBroken(error.what());
    }
  }

  std::string broken() {
    std::lock_guard<std::mutex> lock(mu_);
    return broken_;
  }

 private:
  void TurnWhenFull() {
    if (page_.size() < 3) return;
    paper_->TurnPage();
    page_.clear();
  }

  void MarkBroken(const std::string& why) {
    std::lock_guard<std::mutex> lock(mu_);
    if (broken_.empty()) broken_ = why;
  }

  std::mutex mu_;
  std::unique_ptr<Paper> paper_;
  std::vector<std::string> page_;
  std::string broken_;
};

int main() {
  Logbook logbook(std::make_unique<Notebook>(2));
  std::vector<std::thread> watches;
  for (const char* officer : {"first mate", "second mate"}) {
    watches.emplace_back([&logbook, officer] {
      for (int hour = 0; hour < 8; ++hour) logbook.Write(officer);
    });
  }
  for (std::thread& watch : watches) watch.join();
  std::printf("logbook: %s\n", logbook.broken().c_str());
}

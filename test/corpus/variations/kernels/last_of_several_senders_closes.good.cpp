// What: Several scouts send on one channel; an atomic count tells the last one that is done, and that one closes the channel.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Reports {
 public:
  explicit Reports(int senders) : left_(senders) {}

  void Send(std::string report) { reports_.Send(std::move(report)); }

  // To be called once by every sender, after its last report.
  void Finish() {
    if (left_.fetch_sub(1) == 1) reports_.Close();
  }

  heddle::RecvChannel<std::string> All() const { return reports_; }

 private:
  std::atomic<int> left_;
  heddle::Channel<std::string> reports_;
};

class Scout {
 public:
  Scout(std::string name, std::shared_ptr<Reports> reports)
      : name_(std::move(name)), reports_(std::move(reports)) {}

  void operator()() const {
    HEDDLE_DEFER(reports_->Finish());
    if (name_ == "lazy") return;
    for (int mile = 1; mile <= 3; ++mile) reports_->Send(name_ + " at " + std::to_string(mile));
  }

 private:
  std::string name_;
  std::shared_ptr<Reports> reports_;
};

int main() {
  const std::vector<std::string> names{"north", "lazy", "south", "east"};
  auto reports = std::make_shared<Reports>(static_cast<int>(names.size()));
  for (const std::string& name : names) heddle::go(Scout(name, reports));
  int count = 0;
  for (const std::string& report : reports->All()) {
    std::printf("%s\n", report.c_str());
    ++count;
  }
  std::printf("%d reports\n", count);
}

// What: A counter's flush takes the lines out under its mutex and calls a virtual method per line without it, so an override may take the mutex.
// Run: clean
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// Collects the lines of a till and prints them now and then.
class Till {
 public:
  virtual ~Till() = default;

  void Add(std::string line) {
    std::lock_guard<std::mutex> lock(mu_);
    lines_.push_back(std::move(line));
  }

  void Flush() {
    std::vector<std::string> lines;
    {
      std::lock_guard<std::mutex> lock(mu_);
      lines.swap(lines_);
    }
    for (const std::string& line : lines) Print(line);
  }

 protected:
  virtual void Print(const std::string& line) { std::printf("%s\n", line.c_str()); }

  std::mutex mu_;

 private:
  std::vector<std::string> lines_;
};

// Prints on a roll of paper, which can run out.
class PaperTill : public Till {
 public:
  explicit PaperTill(int paper) : paper_(paper) {}

  int paper() {
    std::lock_guard<std::mutex> lock(mu_);
    return paper_;
  }

 protected:
  void Print(const std::string& line) override {
    {
      std::lock_guard<std::mutex> lock(mu_);
      if (paper_ == 0) return;
      --paper_;
    }
    Till::Print("| " + line);
  }

 private:
  int paper_;
};

int main() {
  auto paper = std::make_unique<PaperTill>(3);
  std::vector<std::unique_ptr<Till>> tills;
  tills.push_back(std::make_unique<Till>());
  tills.push_back(std::move(paper));

  std::vector<std::thread> clerks;
  for (auto& till : tills) {
    clerks.emplace_back([&till = *till] {
      for (const char* line : {"bread 3.20", "milk 1.10"}) till.Add(line);
      till.Flush();
    });
  }
  for (std::thread& clerk : clerks) clerk.join();
}

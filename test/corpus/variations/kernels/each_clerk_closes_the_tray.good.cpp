// What: Several clerks share one out-tray and the last one to finish closes it.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Letter {
  std::string to;
  int stamps = 0;
};

class Tray {
 public:
  explicit Tray(int clerks) : open_(clerks) {}
  void Put(Letter letter) { letters_.Send(std::move(letter)); }
  void Finish() {
    if (--open_ == 0) letters_.Close();
  }
  heddle::RecvChannel<Letter> Letters() const { return letters_; }

 private:
  std::atomic<int> open_;
  heddle::Channel<Letter> letters_;
};

class Clerk {
 public:
  Clerk(std::shared_ptr<Tray> tray, std::vector<std::string> stack)
      : tray_(std::move(tray)), stack_(std::move(stack)) {}

  void operator()() {
    HEDDLE_DEFER(tray_->Finish());
    for (const std::string& to : stack_) tray_->Put({to, Postage(to)});
  }

 private:
  static int Postage(const std::string& to) { return to.size() > 4 ? 2 : 1; }

  std::shared_ptr<Tray> tray_;
  std::vector<std::string> stack_;
};

int main() {
  const std::vector<std::vector<std::string>> stacks = {{"bonn", "york"}, {"paris"}, {"lyon", "turin", "graz"}};
  auto tray = std::make_shared<Tray>(static_cast<int>(stacks.size()));
  heddle::WaitGroup clerks;
  for (const auto& stack : stacks) clerks.Go(Clerk(tray, stack));
  int stamps = 0;
  for (const Letter& letter : tray->Letters()) stamps += letter.stamps;
  clerks.Wait();
  std::printf("%d stamps\n", stamps);
}

// What: Several clerks share one out-tray and each of them closes it when its own stack is done.
// Run: panic
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
  void Put(Letter letter) { letters_.Send(std::move(letter)); }  // bug: send-on-closed
  void Finish() {
    --open_;
    letters_.Close();  // bug: double-close, send-on-closed
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
    HEDDLE_DEFER(tray_->Finish());  // bug: double-close, send-on-closed
    for (const std::string& to : stack_) tray_->Put({to, Postage(to)});  // bug: send-on-closed
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
  for (const auto& stack : stacks) clerks.Go(Clerk(tray, stack));  // bug: double-close, send-on-closed
  int stamps = 0;
  for (const Letter& letter : tray->Letters()) stamps += letter.stamps;
  clerks.Wait();
  std::printf("%d stamps\n", stamps);
}

// What: A turnstile sends its passes to a channel field that is only made for turnstiles that are metered; the other one sends on nil for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

struct Options {
  bool metered = false;
  std::size_t backlog = 8;
};

class Turnstile {
 public:
  Turnstile(std::string name, const Options& options) : name_(std::move(name)) {
    if (options.metered) passes_ = heddle::Channel<int>(options.backlog);
  }

  void Pass(int person) {
    ++count_;
    passes_.Send(person);  // bug: nil-channel, deadlock, leaked-task
  }

  void Shut() {
    if (passes_) passes_.Close();
  }

  void Print() const {
    int metered = 0;
    if (passes_) {
      for ([[maybe_unused]] int person : passes_) ++metered;
    }
    std::printf("%s: %d passed, %d metered\n", name_.c_str(), count_, metered);
  }

 private:
  std::string name_;
  heddle::Channel<int> passes_ = heddle::Channel<int>::Nil();  // bug: nil-channel
  int count_ = 0;
};

int main() {
  auto gates = std::make_pair(std::make_unique<Turnstile>("east", Options{.metered = true}),
                              std::make_unique<Turnstile>("west", Options{}));
  heddle::WaitGroup crowds;
  crowds.Go([&gate = *gates.first] {
    for (int person = 0; person < 4; ++person) gate.Pass(person);
    gate.Shut();
  });
  crowds.Go([&gate = *gates.second] {
    for (int person = 0; person < 4; ++person) gate.Pass(person);  // bug: nil-channel, leaked-task, deadlock
    gate.Shut();
  });
  crowds.Wait();  // bug: deadlock
  gates.first->Print();
  gates.second->Print();
}

// What: A turnstile sends its passes to a channel field only when it is metered, which is when the channel was made.
// Run: clean
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
    if (passes_) passes_.Send(person);
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
  heddle::Channel<int> passes_ = heddle::Channel<int>::Nil();
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
    for (int person = 0; person < 4; ++person) gate.Pass(person);
    gate.Shut();
  });
  crowds.Wait();
  gates.first->Print();
  gates.second->Print();
}

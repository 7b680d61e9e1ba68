// What: A lookup runs in a task and its caller gives up after a while; the result has a place in the channel, and the task is waited for at the end.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

using Lookup = std::function<std::string()>;

class Resolver {
 public:
  explicit Resolver(std::chrono::milliseconds patience) : patience_(patience) {}

  std::optional<std::string> Resolve(const Lookup& lookup) {
    heddle::Channel<std::string> answer(1);
    lookups_.Go([answer, lookup] {
      answer.Send(lookup());
    });

    std::optional<std::string> result;
    heddle::Select(
        heddle::OnRecv(answer, [&](std::optional<std::string> text) { result = std::move(text); }),
        heddle::OnTimeout(patience_, [&] { ++given_up_; }));
    return result;
  }

  void Wait() { lookups_.Wait(); }
  int given_up() const { return given_up_; }

 private:
  const std::chrono::milliseconds patience_;
  heddle::WaitGroup lookups_;
  int given_up_ = 0;
};

int main() {
  Resolver resolver(2ms);
  resolver.Resolve([] { return std::string("10.0.0.1"); });
  resolver.Resolve([] {
    heddle::Sleep(20ms);
    return std::string("10.0.0.2");
  });
  std::printf("gave up %d times\n", resolver.given_up());
  resolver.Wait();
}

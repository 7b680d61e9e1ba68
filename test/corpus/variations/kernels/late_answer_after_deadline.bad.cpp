// What: A gateway runs a request in a task that answers on one of two channels, and gives up at a deadline; a late answer has no receiver, and closing the gateway waits for the task.
// Run: hang-some
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

// A price, or why there is none.
struct Quote {
  int cents = 0;
  std::string problem;
};

class Gateway {
 public:
  using Request = std::function<Quote()>;

  ~Gateway() { requests_.Wait(); }  // bug: deadlock

  std::optional<int> Ask(std::chrono::nanoseconds limit, Request request) {
    heddle::Channel<int> price;  // bug: leaked-task, deadlock
    heddle::Channel<std::string> problem;  // bug: leaked-task, deadlock
    requests_.Go([price, problem, request = std::move(request)] {  // bug: leaked-task
      Quote quote = request();
      if (quote.problem.empty()) {
        price.Send(quote.cents);  // bug: leaked-task, deadlock
      } else {
        problem.Send(std::move(quote.problem));  // bug: leaked-task, deadlock
      }
    });

    std::optional<int> cents;
    heddle::Select(
        heddle::OnRecv(price, [&](std::optional<int> answer) { cents = answer; }),
        heddle::OnRecv(problem, [](std::optional<std::string> why) { Complain(why.value_or("")); }),
        heddle::OnTimeout(limit, [] { Complain("took too long"); }));  // bug: leaked-task, deadlock
    return cents;
  }

 private:
  static void Complain(const std::string& why) { std::printf("no price: %s\n", why.c_str()); }

  heddle::WaitGroup requests_;
};

int main() {
  Gateway gateway;
  for (int article = 0; article < 6; ++article) {
    const std::optional<int> cents = gateway.Ask(1ms, [article]() -> Quote {
      heddle::Sleep(std::chrono::microseconds(article * 400));
      if (article % 2 == 1) return {0, "sold out"};
      return {article * 100, ""};
    });
    if (cents) std::printf("article %d: %d cents\n", article, *cents);
  }
}

// What: An actor runs the calls in its mailbox until it is stopped; a caller that posts after the stop waits for a loop that is gone.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

class Inventory {
 public:
  void Run() {
    HEDDLE_DEFER(gone_.Close());
    for (;;) {
      std::optional<Call> call;
      const int chosen = heddle::Select(
          heddle::OnRecv(mailbox_, [&](std::optional<Call> next) { call = next; }),
          heddle::OnRecv(stop_));
      if (chosen == 1) return;  // bug: leaked-task, deadlock
      (*call)(stock_);
    }
  }

  int CountOf(const std::string& article) {
    heddle::Channel<int> answer(1);
    const bool posted = Post([answer, article](Stock& stock) mutable { answer.Send(stock[article]); });
    return posted ? answer.Recv().value_or(0) : 0;
  }

  void Stop() { stop_.Close(); }

 private:
  using Stock = std::map<std::string, int>;
  using Call = std::function<void(Stock&)>;

  bool Post(Call call) {
    mailbox_.Send(std::move(call));  // bug: leaked-task, deadlock
    return true;
  }

  heddle::Channel<Call> mailbox_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::Channel<heddle::Unit> gone_;
  Stock stock_{{"bolt", 40}};
};

int main() {
  Inventory inventory;
  heddle::WaitGroup tasks;
  tasks.Go(&Inventory::Run, &inventory);
  tasks.Go([&] { std::printf("%d bolts\n", inventory.CountOf("bolt")); });  // bug: leaked-task
  tasks.Go(&Inventory::Stop, &inventory);
  tasks.Wait();  // bug: deadlock
}

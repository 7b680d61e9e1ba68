// What: An actor runs the calls in its mailbox until it is stopped; a caller gives up once the loop is gone.
// Run: clean
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
      if (chosen == 1) return;
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
    return heddle::Select(heddle::OnSend(mailbox_, std::move(call)), heddle::OnRecv(gone_)) == 0;
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
  tasks.Go([&] { std::printf("%d bolts\n", inventory.CountOf("bolt")); });
  tasks.Go(&Inventory::Stop, &inventory);
  tasks.Wait();
}

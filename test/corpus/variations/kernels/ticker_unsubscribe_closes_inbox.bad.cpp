// What: A stock ticker copies its list of inboxes and sends to them without its lock; a subscriber that leaves meanwhile closes its inbox.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <vector>

struct Inbox {
  heddle::Channel<int> quotes;
  heddle::Channel<heddle::Unit> left;
};

class StockTicker {
 public:
  int Subscribe(const Inbox& inbox) {
    heddle::MutexLock lock(mu_);
    inboxes_.emplace(++last_, inbox);
    return last_;
  }

  void Unsubscribe(int id) {
    std::optional<Inbox> inbox = Remove(id);
    if (inbox) inbox->quotes.Close();  // bug: send-on-closed
  }

  void Publish(int quote) {
    for (const Inbox& inbox : Snapshot()) {
      inbox.quotes.Send(quote);  // bug: send-on-closed
    }
  }

 private:
  std::optional<Inbox> Remove(int id) {
    heddle::MutexLock lock(mu_);
    auto node = inboxes_.extract(id);
    if (node.empty()) return std::nullopt;
    return node.mapped();
  }

  std::vector<Inbox> Snapshot() {
    heddle::MutexLock lock(mu_);
    std::vector<Inbox> all;
    for (auto& [id, inbox] : inboxes_) all.push_back(inbox);
    return all;
  }

  heddle::Mutex mu_;
  std::map<int, Inbox> inboxes_;
  int last_ = 0;
};

int main() {
  StockTicker ticker;
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int quote = 0; quote < 2000; ++quote) {
      ticker.Publish(quote);  // bug: send-on-closed
      if (quote % 8 == 0) heddle::Yield();
    }
  });
  for (int reader = 0; reader < 2; ++reader) {
    tasks.Go([&] {
      for (int turn = 0; turn < 100; ++turn) {
        Inbox inbox;
        const int id = ticker.Subscribe(inbox);
        heddle::Select(heddle::OnRecv(inbox.quotes), heddle::OnTimeout(std::chrono::microseconds(50)));
        ticker.Unsubscribe(id);  // bug: send-on-closed
      }
    });
  }
  tasks.Wait();
}

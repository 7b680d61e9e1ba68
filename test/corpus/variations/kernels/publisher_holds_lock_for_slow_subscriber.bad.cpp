// What: A board sends a notice to every subscriber with its lock held; a subscriber that leaves after its first notice needs that lock, and the second notice waits for it.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

struct Subscriber {
  heddle::Channel<std::string> notices;
  heddle::Channel<heddle::Unit> left;
};

class Board {
 public:
  int Subscribe(const Subscriber& subscriber) {
    heddle::MutexLock lock(mu_);
    subscribers_.emplace(++last_, subscriber);
    return last_;
  }

  void Unsubscribe(int id) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    auto it = subscribers_.find(id);
    if (it == subscribers_.end()) return;
    it->second.left.Close();
    subscribers_.erase(it);
  }

  void Publish(const std::string& notice) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    for (auto& [id, subscriber] : subscribers_) Deliver(subscriber, notice);  // bug: blocking-under-lock, deadlock
  }

 private:
  static void Deliver(const Subscriber& subscriber, const std::string& notice) {
    heddle::Select(heddle::OnSend(subscriber.notices, notice),  // bug: blocking-under-lock, deadlock
                   heddle::OnRecv(subscriber.left));
  }

  heddle::Mutex mu_;
  std::map<int, Subscriber> subscribers_;
  int last_ = 0;
};

class OneShotReader {
 public:
  explicit OneShotReader(Board& board) : board_(board), id_(board.Subscribe(self_)) {}
  void Read() {
    const std::optional<std::string> notice = self_.notices.Recv();
    std::printf("%d read %s\n", id_, notice ? notice->c_str() : "nothing");
    board_.Unsubscribe(id_);  // bug: blocking-under-lock, deadlock
  }

 private:
  Board& board_;
  Subscriber self_;
  const int id_;
};

int main() {
  Board board;
  OneShotReader reader(board);
  heddle::WaitGroup tasks;
  tasks.Go([&reader] { reader.Read(); });
  tasks.Go([&board] {
    for (int i = 0; i < 100; ++i) board.Publish("notice " + std::to_string(i));
  });
  tasks.Wait();
}

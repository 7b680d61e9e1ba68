// What: A queue answers the first one that waits with its lock held; each one has a channel with room for its one answer, and it leaves the queue with it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <optional>
#include <utility>

class TableQueue {
 public:
  explicit TableQueue(int tables) : free_(tables) {}

  // The number of the table once there is one.
  heddle::RecvChannel<int> Ask() {
    heddle::Channel<int> answer(1);
    heddle::MutexLock lock(mu_);
    waiting_.push_back(answer);
    if (free_ > 0) Answer(free_--);
    return answer;
  }

  void Leave(int table) {
    heddle::MutexLock lock(mu_);
    if (waiting_.empty()) {
      ++free_;
      return;
    }
    Answer(table);
  }

 private:
  // With mu_ held and somebody waiting.
  void Answer(int table) {
    heddle::Channel<int> first = std::move(waiting_.front());
    waiting_.pop_front();
    first.Send(table);  // never blocks: its only value
  }

  heddle::Mutex mu_;
  std::deque<heddle::Channel<int>> waiting_;
  int free_;
};

int main() {
  TableQueue queue(2);
  heddle::WaitGroup guests;
  for (int guest = 0; guest < 8; ++guest) {
    guests.Go([&queue] {
      const std::optional<int> table = queue.Ask().Recv();
      heddle::Yield();
      queue.Leave(*table);
    });
  }
  guests.Wait();
  std::printf("everybody has eaten\n");
}

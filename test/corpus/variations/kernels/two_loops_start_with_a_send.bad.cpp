// What: A kitchen and a counter each run an event loop and answer the other's message by sending from inside the handler; both begin in a send and stay there.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <optional>

class Peer {
 public:
  explicit Peer(const char* name) : name_(name) {}

  void Connect(Peer& other) { out_ = other.in_; }

  // Sends `orders` orders of its own and answers those of the other until `other_orders` are answered.
  void Run(int orders, int other_orders) {
    int answered = 0;
    for (int order = 0; order < orders; ++order) {
      out_.Send(order);  // bug: deadlock, leaked-task
      if (std::optional<int> theirs = Poll()) {
        Handle(*theirs);
        ++answered;
      }
    }
    for (; answered < other_orders; ++answered) Handle(*in_.Recv());
    std::printf("%s handled %d\n", name_, handled_);
  }

 private:
  std::optional<int> Poll() {
    auto next = in_.TryRecv();
    return next.value;
  }

  void Handle(int order) { handled_ += order >= 0 ? 1 : 0; }

  const char* name_;
  heddle::Channel<int> in_;
  heddle::SendChannel<int> out_;
  int handled_ = 0;
};

int main() {
  Peer kitchen("kitchen");
  Peer counter("counter");
  kitchen.Connect(counter);
  counter.Connect(kitchen);
  heddle::WaitGroup loops;
  loops.Go([&] { kitchen.Run(20, 20); });  // bug: deadlock, leaked-task
  loops.Go([&] { counter.Run(20, 20); });  // bug: deadlock, leaked-task
  loops.Wait();  // bug: deadlock
}

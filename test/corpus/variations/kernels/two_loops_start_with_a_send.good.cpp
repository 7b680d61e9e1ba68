// What: A kitchen and a counter each run an event loop; while one sends to the other it also goes on receiving, so the two can never wait for each other.
// Run: clean
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
    int sent = 0;
    while (sent < orders || answered < other_orders) {
      heddle::SendChannel<int> out = sent < orders ? out_ : heddle::SendChannel<int>::Nil();
      heddle::Select(heddle::OnSend(out, sent, [&] { ++sent; }),
                     heddle::OnRecv(in_, [&](std::optional<int> theirs) {
                       Handle(*theirs);
                       ++answered;
                     }));
    }
    std::printf("%s handled %d\n", name_, handled_);
  }

 private:

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
  loops.Go([&] { kitchen.Run(20, 20); });
  loops.Go([&] { counter.Run(20, 20); });
  loops.Wait();
}

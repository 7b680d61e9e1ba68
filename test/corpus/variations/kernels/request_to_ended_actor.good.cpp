// What: A counter actor ends when it is told to and closes a channel then; a caller gives up when that is closed.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

class Actor {
 public:
  using Message = std::function<void()>;
  virtual ~Actor() = default;

  void Run() {
    while (!ended_) {
      if (std::optional<Message> message = mailbox_.Recv()) (*message)();
    }
    gone_.Close();
  }

  void End() {
    Post([this] { ended_ = true; });
  }

 protected:
  bool Post(Message message) {
    return heddle::Select(heddle::OnSend(mailbox_, std::move(message)), heddle::OnRecv(gone_)) == 0;
  }

 private:
  heddle::Channel<Message> mailbox_;
  heddle::Channel<heddle::Unit> gone_;
  bool ended_ = false;  // touched by the actor's own task only
};

class Counter : public Actor {
 public:
  std::optional<int> Increment(int by) {
    heddle::Channel<int> reply(1);
    if (!Post([this, by, reply] { reply.Send(count_ += by); })) return std::nullopt;
    return reply.Recv();
  }

 private:
  int count_ = 0;
};

int main() {
  Counter counter;
  heddle::WaitGroup tasks;
  tasks.Go([&counter] { counter.Run(); });
  for (int by = 1; by <= 2; ++by) {
    tasks.Go([&counter, by] { std::printf("%d\n", counter.Increment(by).value_or(-1)); });
  }
  tasks.Go([&counter] { counter.End(); });
  tasks.Wait();
}

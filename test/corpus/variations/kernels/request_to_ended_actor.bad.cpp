// What: A counter actor ends when it is told to; a caller that asks it afterwards sends a request that nobody takes.
// Run: hang-some
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
  }

  void End() {
    Post([this] { ended_ = true; });  // bug: leaked-task, deadlock
  }

 protected:
  bool Post(Message message) {
    mailbox_.Send(std::move(message));  // bug: leaked-task, deadlock
    return true;
  }

 private:
  heddle::Channel<Message> mailbox_;
  bool ended_ = false;  // touched by the actor's own task only
};

class Counter : public Actor {
 public:
  std::optional<int> Increment(int by) {
    heddle::Channel<int> reply(1);
    if (!Post([this, by, reply] { reply.Send(count_ += by); })) return std::nullopt;  // bug: leaked-task, deadlock
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
    tasks.Go([&counter, by] { std::printf("%d\n", counter.Increment(by).value_or(-1)); });  // bug: leaked-task
  }
  tasks.Go([&counter] { counter.End(); });
  tasks.Wait();  // bug: deadlock
}

// What: A feed's stop closes its done signal and takes it away; a loop that looks the signal up anew at each turn then waits for one that never comes.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using Signal = heddle::Channel<heddle::Unit>;

class Feed {
 public:
  virtual ~Feed() = default;
  virtual void Start() = 0;
  virtual void Stop() = 0;
  virtual bool Running() = 0;
};

class TideFeed : public Feed {
 public:
  explicit TideFeed(heddle::RecvChannel<int> tides) : tides_(std::move(tides)) {}

  void Start() override {
    {
      heddle::MutexLock lock(mu_);
      done_ = Signal();
    }
    loop_.Go([this] { Loop(); });  // bug: nil-channel, leaked-task, deadlock
  }

  void Stop() override {
    {
      heddle::MutexLock lock(mu_);
      if (!done_) return;
      done_.Close();
      done_ = Signal::Nil();  // bug: nil-channel, leaked-task, deadlock
    }
    loop_.Wait();  // bug: deadlock
    std::printf("high tide at %d\n", highest_);
  }

  bool Running() override { return static_cast<bool>(Done()); }

 private:
  Signal Done() {
    heddle::MutexLock lock(mu_);
    return done_;
  }

  void Loop() {
    for (bool open = true; open;) {
      const Signal done = Done();  // bug: nil-channel, leaked-task, deadlock
      heddle::Select(heddle::OnRecv(done, [&](auto) { open = false; }),  // bug: nil-channel, leaked-task, deadlock
                     heddle::OnRecv(tides_, [&](std::optional<int> level) {
                       if (*level > highest_) highest_ = *level;
                     }));
    }
  }

  const heddle::RecvChannel<int> tides_;
  heddle::Mutex mu_;
  Signal done_ = Signal::Nil();  // bug: nil-channel
  heddle::WaitGroup loop_;
  int highest_ = 0;
};

int main() {
  heddle::Channel<int> tides;
  std::unique_ptr<Feed> feed = std::make_unique<TideFeed>(tides);
  for (int day = 0; day < 20; ++day) {
    feed->Start();
    tides.Send(100 + day);
    feed->Stop();  // bug: nil-channel, deadlock
  }
  std::printf("running: %d\n", feed->Running());
}

// What: A feed's stop closes its done signal and takes it away; the loop looks the signal up once, before it is started.
// Run: clean
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
    loop_.Go([this, done = Done()] { Loop(done); });
  }

  void Stop() override {
    {
      heddle::MutexLock lock(mu_);
      if (!done_) return;
      done_.Close();
      done_ = Signal::Nil();
    }
    loop_.Wait();
    std::printf("high tide at %d\n", highest_);
  }

  bool Running() override { return static_cast<bool>(Done()); }

 private:
  Signal Done() {
    heddle::MutexLock lock(mu_);
    return done_;
  }

  void Loop(const Signal& done) {
    for (bool open = true; open;) {
      heddle::Select(heddle::OnRecv(done, [&](auto) { open = false; }),
                     heddle::OnRecv(tides_, [&](std::optional<int> level) {
                       if (*level > highest_) highest_ = *level;
                     }));
    }
  }

  const heddle::RecvChannel<int> tides_;
  heddle::Mutex mu_;
  Signal done_ = Signal::Nil();
  heddle::WaitGroup loop_;
  int highest_ = 0;
};

int main() {
  heddle::Channel<int> tides;
  std::unique_ptr<Feed> feed = std::make_unique<TideFeed>(tides);
  for (int day = 0; day < 20; ++day) {
    feed->Start();
    tides.Send(100 + day);
    feed->Stop();
  }
  std::printf("running: %d\n", feed->Running());
}

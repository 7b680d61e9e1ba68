// What: Every attempt to reach a lighthouse has a context of its own and a task that gives the attempt up when that ends; a successful attempt returns without cancelling it.
// Run: leak
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Link {
 public:
  virtual ~Link() = default;
  virtual bool Reach(int attempt) = 0;
  virtual void GiveUp() = 0;
};

class FoggyLink : public Link {
 public:
  bool Reach(int attempt) override {
    given_up_ = false;
    for (int flash = 0; flash < 20 && !given_up_; ++flash) heddle::Yield();
    return !given_up_ && attempt >= 3;
  }
  void GiveUp() override { given_up_ = true; }

 private:
  std::atomic<bool> given_up_{false};
};

// Runs a call once `ctx` is done, in a task of its own.
class AfterDone {
 public:
  AfterDone(heddle::Context ctx, std::function<void()> call)
      : ctx_(std::move(ctx)), call_(std::move(call)) {}

  void Start() {
    heddle::go([ctx = ctx_, call = call_, ended = ended_] {  // bug: leaked-task, lost-cancel
      HEDDLE_DEFER(ended.Close());
      ctx.Done().Recv();  // bug: leaked-task, lost-cancel
      if (call) call();
    });
  }

  void Wait() const { ended_.Recv(); }

 private:
  heddle::Context ctx_;
  std::function<void()> call_;
  heddle::Channel<heddle::Unit> ended_;
};

class Coast {
 public:
  explicit Coast(std::shared_ptr<Link> link) : link_(std::move(link)) {}

  // The number of the attempt that succeeded; 0 when none did.
  int Call(const heddle::Context& ctx, int attempts) {
    for (int attempt = 1; attempt <= attempts; ++attempt) {
      if (Try(ctx, attempt)) return attempt;
    }
    return 0;
  }

 private:
  bool Try(const heddle::Context& parent, int attempt) {
    auto [ctx, cancel] = heddle::WithCancel(parent);  // bug: lost-cancel
    AfterDone give_up(ctx, [link = link_] { link->GiveUp(); });
    give_up.Start();
    if (link_->Reach(attempt)) return true;  // bug: lost-cancel, leaked-task
    cancel();
    give_up.Wait();
    return false;
  }

  std::shared_ptr<Link> link_;
};

int main() {
  Coast coast(std::make_shared<FoggyLink>());
  for (int night = 1; night <= 3; ++night) {
    std::printf("night %d: attempt %d\n", night, coast.Call(heddle::Background(), 9));  // bug: leaked-task, lost-cancel
  }
}

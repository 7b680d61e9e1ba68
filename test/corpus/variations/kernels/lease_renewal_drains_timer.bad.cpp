// What: A lease's loop resets its timer on a renewal and first drains it when Stop says that it had fired; after an expiry the tick is gone already and the drain blocks.
// Run: deadlock
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>

using namespace std::chrono_literals;

class Lease {
 public:
  void Run(const heddle::Context& ctx) {
    heddle::Timer expiry(1ms);
    HEDDLE_DEFER(expiry.Stop());
    for (;;) {
      switch (heddle::Select(heddle::OnRecv(expiry.C()), heddle::OnRecv(renewals_),  // bug: deadlock, leaked-task
                             heddle::OnRecv(ctx.Done()))) {
        case 0:
          ++expired_;
          break;
        case 1:
          if (!expiry.Stop()) expiry.C().Recv();  // bug: deadlock, leaked-task
          expiry.Reset(1ms);
          break;
        default:
          std::printf("expired %d times\n", expired_);
          return;
      }
    }
  }

  void Renew() { renewals_.Send(heddle::Unit{}); }  // bug: deadlock, leaked-task

 private:
  heddle::Channel<heddle::Unit> renewals_;
  int expired_ = 0;
};

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  Lease lease;
  heddle::WaitGroup keeper;
  keeper.Go([&lease, ctx = ctx] { lease.Run(ctx); });  // bug: leaked-task
  for (int i = 0; i < 3; ++i) {
    heddle::Sleep(10ms);
    lease.Renew();  // bug: deadlock, leaked-task
  }
  cancel();
  keeper.Wait();  // bug: deadlock
}

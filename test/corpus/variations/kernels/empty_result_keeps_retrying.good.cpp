// What: Tuning in starts a task that retries under a context of the tuner's own; when the caller gives up the tuner is closed before nothing is returned.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

using namespace std::chrono_literals;

class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual bool Lock(int attempt) = 0;
};

class DeadAir : public Receiver {
 public:
  bool Lock(int) override { return false; }
};

class Tuner {
 public:
  explicit Tuner(std::unique_ptr<Receiver> receiver)
      : receiver_(std::move(receiver)), scope_(heddle::WithCancel(heddle::Background())) {}

  void Close() {
    scope_.cancel();
    quiet_.Recv();
  }

  heddle::RecvChannel<heddle::Unit> Locked() const { return locked_; }

  void Search() {
    HEDDLE_DEFER(quiet_.Close());
    for (int attempt = 1;; ++attempt) {
      if (receiver_->Lock(attempt)) {
        locked_.Close();
        return;
      }
      const int chosen = heddle::Select(heddle::OnRecv(heddle::After(attempt * 100us)),
                                        heddle::OnRecv(scope_.ctx.Done()));
      if (chosen == 1) return;
    }
  }

 private:
  std::unique_ptr<Receiver> receiver_;
  heddle::CancelableContext scope_;
  heddle::Channel<heddle::Unit> locked_;
  heddle::Channel<heddle::Unit> quiet_;
};

// A tuner that has found its station; none when `ctx` is done first.
std::shared_ptr<Tuner> TuneIn(const heddle::Context& ctx, std::unique_ptr<Receiver> receiver) {
  auto tuner = std::make_shared<Tuner>(std::move(receiver));
  std::shared_ptr<Tuner> found;
  heddle::go([tuner] { tuner->Search(); });
  heddle::Select(heddle::OnRecv(tuner->Locked(), [&](auto) { found = tuner; }),
                 heddle::OnRecv(ctx.Done()));
  if (ctx.Err() != heddle::ContextError::kOk) {
    tuner->Close();
    found = nullptr;
  }
  return found;
}

int main() {
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 2ms);
  HEDDLE_DEFER(cancel());
  std::shared_ptr<Tuner> tuner = TuneIn(ctx, std::make_unique<DeadAir>());
  std::printf("%s\n", tuner ? "music" : "silence");
  if (tuner) tuner->Close();
}

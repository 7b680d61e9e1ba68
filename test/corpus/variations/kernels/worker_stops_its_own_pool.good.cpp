// What: A worker that meets a fatal error only asks its pool to stop; the owner waits for the workers.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

enum class Verdict { kGood, kFatal };

class Pool {
 public:
  using Check = std::function<Verdict(int)>;
  explicit Pool(Check check) : check_(std::move(check)) {}

  void Start(int workers) {
    for (int worker = 0; worker < workers; ++worker) {
      workers_.Go([this, worker] { Work(worker); });
    }
  }

  void Shutdown() {
    AskToStop();
    workers_.Wait();
  }

  void Wait() { workers_.Wait(); }

  int checked() {
    heddle::MutexLock lock(mu_);
    return checked_;
  }

 private:
  void AskToStop() {
    once_.Do([this] { stop_.Close(); });
  }

  bool Stopped() const {
    return heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault()) == 0;
  }

  void Work(int worker) {
    for (int item = worker; item < 20 && !Stopped(); item += 2) {
      const Verdict verdict = check_(item);
      {
        heddle::MutexLock lock(mu_);
        ++checked_;
      }
      if (verdict == Verdict::kFatal) {
        std::printf("item %d is fatal\n", item);
        AskToStop();
        return;
      }
    }
  }

  Check check_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::Once once_;
  heddle::WaitGroup workers_;
  heddle::Mutex mu_;
  int checked_ = 0;
};

int main() {
  Pool pool([](int item) { return item % 7 == 6 ? Verdict::kFatal : Verdict::kGood; });
  pool.Start(2);
  pool.Wait();
  const bool all = pool.checked() == 20;
  std::printf(all ? "all checked\n" : "stopped early\n");
}

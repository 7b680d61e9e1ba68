// What: Tenants wait in a condition until their lease is settled; a refusal changes the state, but only a grant wakes those who wait.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

enum class LeaseState { kPending, kGranted, kRefused };

class Lease {
 public:
  using Credit = std::function<int(const std::string& tenant)>;
  explicit Lease(std::string tenant) : tenant_(std::move(tenant)) {}

  // Decides; whoever waits in Settled learns of it.
  void Decide(const Credit& credit) {
    const int points = credit(tenant_);
    if (points < kNeeded) {
      Refuse(points);  // bug: deadlock, wait-without-loop, leaked-task
    } else {
      Grant();
    }
  }

  bool Settled() {
    heddle::MutexLock lock(mu_);
    settled_.Wait([this] { return state_ != LeaseState::kPending; });  // bug: deadlock, leaked-task, wait-without-loop
    return state_ == LeaseState::kGranted;
  }

 private:
  static constexpr int kNeeded = 50;

  void Grant() {
    heddle::MutexLock lock(mu_);
    state_ = LeaseState::kGranted;
    settled_.Broadcast();
  }

  void Refuse(int points) {
    heddle::MutexLock lock(mu_);
    state_ = LeaseState::kRefused;  // bug: deadlock, wait-without-loop, leaked-task
    missing_ = kNeeded - points;
  }

  const std::string tenant_;
  heddle::Mutex mu_;
  heddle::Cond settled_{mu_};
  LeaseState state_ = LeaseState::kPending;
  int missing_ = 0;
};

int main() {
  Lease lease("flat 7");
  heddle::WaitGroup tenants;
  for (int i = 0; i < 2; ++i) {
    tenants.Go([&lease, i] { std::printf("tenant %d: %d\n", i, lease.Settled()); });  // bug: leaked-task
  }
  heddle::Yield();
  lease.Decide([](const std::string& tenant) { return static_cast<int>(tenant.size()); });
  tenants.Wait();  // bug: deadlock
}

// What: A seat plan answers with a guest's seat or the free ones; it asks for both through methods that take its shared lock again, behind a writer that waits for the first one.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

using Seats = std::set<int>;

class SeatPlan {
 public:
  virtual ~SeatPlan() = default;
  virtual Seats SeatsOrFree(const std::string& guest) const = 0;
  virtual std::optional<Seats> SeatsOf(const std::string& guest) const = 0;
  virtual Seats Free() const = 0;
  virtual void SetFree(Seats free) = 0;
};

class SharedSeatPlan : public SeatPlan {
 public:
  Seats SeatsOrFree(const std::string& guest) const override {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    if (std::optional<Seats> seats = SeatsOf(guest)) return *seats;  // bug: double-lock, deadlock
    return Free();  // bug: double-lock, deadlock
  }

  std::optional<Seats> SeatsOf(const std::string& guest) const override {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    auto it = taken_.find(guest);
    if (it == taken_.end()) return std::nullopt;
    return it->second;
  }

  Seats Free() const override {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    return free_;
  }

  void SetFree(Seats free) override {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    free_ = std::move(free);
  }

 private:
  mutable heddle::RWMutex mu_;
  std::map<std::string, Seats> taken_;
  Seats free_ = {1, 2, 3, 4};
};

// Frees the seats of guests that have left.
class Usher {
 public:
  void Release(SeatPlan& plan, int seat) {
    Seats free = plan.Free();
    free.insert(seat);
    plan.SetFree(std::move(free));
  }
};

class Host {
 public:
  explicit Host(SeatPlan& plan) : plan_(plan) {}

  void LookAround() {
    for (int i = 0; i < 20'000; ++i) {
      seen_ += static_cast<int>(plan_.SeatsOrFree("guest " + std::to_string(i % 100)).size());
    }
  }
  int seen() const { return seen_; }

 private:
  SeatPlan& plan_;
  int seen_ = 0;
};

int main() {
  SharedSeatPlan plan;
  Host host(plan);
  Usher usher;
  heddle::WaitGroup tasks;
  tasks.Go([&] { host.LookAround(); });
  tasks.Go([&] {
    for (int turn = 0; turn < 20'000; ++turn) usher.Release(plan, turn % 40);
  });
  tasks.Wait();
  std::printf("saw %d seats\n", host.seen());
}

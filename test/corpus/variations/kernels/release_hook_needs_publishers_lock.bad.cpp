// What: A dispatcher announces its rota on an unbuffered channel with its lock held; the depot that receives it first runs the release hooks of the last rota, which take that lock.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

using Rota = std::vector<int>;

class Dispatcher {
 public:
  virtual ~Dispatcher() = default;
  virtual void Start() = 0;
  virtual std::function<void()> Assign(int taxi) = 0;  // returns what to call to release it
  virtual heddle::RecvChannel<Rota> Rotas() const = 0;
  virtual int released() = 0;
};

class RoundDispatcher : public Dispatcher {
 public:
  ~RoundDispatcher() override { planner_.Wait(); }

  void Start() override {
    planner_.Go([this] {  // bug: deadlock, leaked-task
      HEDDLE_DEFER(rotas_.Close());
      for (int shift = 0; shift < 20; ++shift) Plan(shift);
    });
  }

  std::function<void()> Assign(int taxi) override {
    return [this, taxi] { Release(taxi); };
  }

  heddle::RecvChannel<Rota> Rotas() const override { return rotas_; }

  int released() override {
    heddle::MutexLock lock(mu_);
    return released_;
  }

 private:
  void Plan(int shift) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    Rota rota;
    for (int seat = 0; seat < 3; ++seat) rota.push_back((first_ + shift + seat) % 8);
    rotas_.Send(std::move(rota));  // bug: blocking-under-lock, deadlock, leaked-task
  }

  void Release(int taxi) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    ++released_;
    first_ = taxi;
  }

  heddle::Mutex mu_;
  int first_ = 0;
  int released_ = 0;
  heddle::Channel<Rota> rotas_;
  heddle::WaitGroup planner_;
};

// A taxi at work; ending its work calls the hook.
class Shift {
 public:
  explicit Shift(std::function<void()> release) : release_(std::move(release)) {}
  void End() {
    heddle::MutexLock lock(mu_);
    if (release_) std::exchange(release_, nullptr)();  // bug: blocking-under-lock, deadlock
  }

 private:
  heddle::Mutex mu_;
  std::function<void()> release_;
};

class Depot {
 public:
  explicit Depot(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  void Follow() {
    for (const Rota& rota : dispatcher_.Rotas()) {
      EndAll();  // bug: blocking-under-lock, deadlock
      for (int taxi : rota) {
        shifts_.push_back(std::make_unique<Shift>(dispatcher_.Assign(taxi)));
      }
    }
    EndAll();
  }

 private:
  void EndAll() {
    for (const auto& shift : shifts_) shift->End();
    shifts_.clear();
  }

  Dispatcher& dispatcher_;
  std::vector<std::unique_ptr<Shift>> shifts_;
};

int main() {
  RoundDispatcher dispatcher;
  Depot depot(dispatcher);
  heddle::WaitGroup follower;
  dispatcher.Start();
  follower.Go([&] { depot.Follow(); });
  follower.Wait();  // bug: deadlock
  std::printf("%d shifts\n", dispatcher.released());
}

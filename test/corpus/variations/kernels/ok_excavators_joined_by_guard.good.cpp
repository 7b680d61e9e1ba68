// What: Excavators run as long as their guard lives; guards are moved into a vector and each waits for its own task when it goes.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

// Joins its task when it is destroyed.
class Joiner {
 public:
  template <class F>
  explicit Joiner(F f) : state_(std::make_unique<State>()) {
    state_->task.Go([state = state_.get(), f = std::move(f)] { f(heddle::RecvChannel<heddle::Unit>(state->stop)); });
  }
  Joiner(Joiner&&) noexcept = default;
  Joiner& operator=(Joiner&&) = delete;
  ~Joiner() {
    if (!state_) return;  // moved from
    state_->stop.Close();
    state_->task.Wait();
  }

 private:
  struct State {
    heddle::Channel<heddle::Unit> stop;
    heddle::WaitGroup task;
  };
  std::unique_ptr<State> state_;
};

class Site {
 public:
  void Start(int excavators) {
    for (int id = 0; id < excavators; ++id) {
      Joiner joiner([this, id](heddle::RecvChannel<heddle::Unit> stop) { Dig(id, stop); });
      running_.push_back(std::move(joiner));
    }
  }

  long dug() const { return dug_.load(); }

 private:
  void Dig(int id, const heddle::RecvChannel<heddle::Unit>& stop) {
    do {
      dug_ += id + 1;
      heddle::Yield();
    } while (stop.TryRecv().state != heddle::RecvState::kClosed);
  }

  std::atomic<long> dug_{0};
  std::vector<Joiner> running_;  // last: joined before dug_ is gone
};

int main() {
  Site site;
  site.Start(3);
  heddle::Channel<long> measured;
  {
    Joiner surveyor([&site, measured](heddle::RecvChannel<heddle::Unit> stop) {
      heddle::Select(heddle::OnSend(measured, site.dug()), heddle::OnRecv(stop));
    });
    std::printf("measured: %d\n", measured.Recv().value_or(-1) >= 0);
  }
}

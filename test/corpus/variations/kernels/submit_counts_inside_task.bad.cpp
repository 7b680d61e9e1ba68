// What: An executor counts a submitted job in the job's own task; the flush may find nothing counted and return before the jobs have run.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Executor {
 public:
  virtual ~Executor() = default;
  virtual void Submit(std::function<void()> job) = 0;
  virtual void Flush() = 0;
};

class TaskExecutor : public Executor {
 public:
  void Submit(std::function<void()> job) override {
    heddle::go([state = state_, job = std::move(job)] {  // bug: add-after-spawn, unawaited-task
      state->in_flight.Add(1);  // bug: add-after-spawn
      HEDDLE_DEFER(state->in_flight.Done());
      job();
    });
  }

  void Flush() override { state_->in_flight.Wait(); }  // bug: add-after-spawn

 private:
  struct State {
    heddle::WaitGroup in_flight;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

class Thumbnails {
 public:
  explicit Thumbnails(Executor& executor) : executor_(executor) {}

  int MakeAll(int pictures) {
    for (int picture = 0; picture < pictures; ++picture) {
      executor_.Submit([made = made_, picture] { made->fetch_add(picture % 2 + 1); });
    }
    executor_.Flush();
    return made_->load();
  }

 private:
  Executor& executor_;
  std::shared_ptr<std::atomic<int>> made_ = std::make_shared<std::atomic<int>>(0);
};

int main() {
  TaskExecutor executor;
  Thumbnails thumbnails(executor);
  std::printf("made %d\n", thumbnails.MakeAll(10));
}

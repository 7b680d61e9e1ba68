// What: Two workers of a bakery wait for their queue's next item with the bakery's shared lock held; a recipe change waits for the one worker and keeps the other one from filling its queue.
// Run: hang-some
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <deque>
#include <functional>
#include <optional>
#include <utility>

class WorkQueue {
 public:
  void Put(int item) {
    heddle::MutexLock lock(mu_);
    items_.push_back(item);
    filled_.Signal();
  }

  void ShutDown() {
    heddle::MutexLock lock(mu_);
    shut_down_ = true;
    filled_.Broadcast();
  }

  // Waits for an item; none when the queue is shut down and empty.
  std::optional<int> Get() {
    heddle::MutexLock lock(mu_);
    while (items_.empty() && !shut_down_) filled_.Wait();  // bug: blocking-under-lock, deadlock, leaked-task
    if (items_.empty()) return std::nullopt;
    const int item = items_.front();
    items_.pop_front();
    return item;
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond filled_{mu_};
  std::deque<int> items_;
  bool shut_down_ = false;
};

class Bakery {
 public:
  void Start() {
    workers_.Go(Worker(dough_, [this, loaves = 0, weight = 0](int water) mutable {
      weight += water + flour_;
      if (++loaves % kTray == 0) ovens_.Put(std::exchange(weight, 0));
    }));
    workers_.Go(Worker(ovens_, [this](int) { Bake(); }));  // bug: deadlock, leaked-task
  }

  void OrderTray() {
    unbaked_.Add(1);
    for (int loaf = 0; loaf < kTray; ++loaf) dough_.Put(300);
  }

  // No worker is at work while the recipe changes.
  void ChangeRecipe(int flour) {
    heddle::WriterLock lock(working_);  // bug: blocking-under-lock, deadlock
    flour_ = flour;
  }

  int Finish() {
    unbaked_.Wait();  // bug: deadlock
    dough_.ShutDown();
    ovens_.ShutDown();
    workers_.Wait();
    return baked_;
  }

 private:
  static constexpr int kTray = 12;

  std::function<void()> Worker(WorkQueue& queue, std::function<void(int)> handle) {
    auto turn = [this, &queue, handle = std::move(handle)] {
      heddle::ReaderLock lock(working_);  // bug: blocking-under-lock, deadlock
      std::optional<int> item = queue.Get();  // bug: blocking-under-lock, deadlock
      if (item) handle(*item);
      return item.has_value();
    };
    return [turn] {
      while (turn()) {
      }
    };
  }

  void Bake() {
    ++baked_;
    unbaked_.Done();
  }

  heddle::RWMutex working_;
  int flour_ = 500;
  std::atomic<int> baked_{0};
  WorkQueue dough_;
  WorkQueue ovens_;
  heddle::WaitGroup unbaked_;
  heddle::WaitGroup workers_;
};

int main() {
  Bakery bakery;
  bakery.Start();
  heddle::WaitGroup chef;
  chef.Go([&] {
    for (int flour = 400; flour < 600; ++flour) bakery.ChangeRecipe(flour);  // bug: deadlock
  });
  for (int tray = 0; tray < 50; ++tray) bakery.OrderTray();
  const int baked = bakery.Finish();
  chef.Wait();
  std::printf("%d trays\n", baked);
}

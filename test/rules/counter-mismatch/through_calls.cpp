// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <utility>

void Work(int) noexcept;

class Pool {
 public:
  void Start(int n) {
    wg_.Add(n);  // note: "'UsePool' adds to 'wg_'"
    for (int i = 1; i < n; ++i) heddle::go(&Pool::Run, this, i);
  }
  void Stop() {
    wg_.Wait();  // want: counter-mismatch error "this wait for 'wg_' never ends"
  }

 private:
  void Run(int i) {
    HEDDLE_DEFER(wg_.Done());
    Work(i);
  }
  heddle::WaitGroup wg_;
};

void UsePool() {
  Pool pool;
  pool.Start(4);
  pool.Stop();
}

// The helper counts down, and so does its caller.
void Finish(heddle::WaitGroup& wg, int page) {
  Work(page);
  wg.Done();
}

void Pages() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&wg] {
    HEDDLE_DEFER(wg.Done());  // want: counter-mismatch error "'wg' is counted down once more"
    Finish(wg, 1);
  });
  wg.Wait();
}

// A callback that comes once too often.
class Watch {
 public:
  explicit Watch(std::function<void()> seen) : seen_(std::move(seen)) {}
  void See() {
    if (seen_) seen_();
  }

 private:
  std::function<void()> seen_;
};

void TwoOfOne() {
  heddle::WaitGroup wg;
  wg.Add(1);
  Watch watch([&wg] {
    wg.Done();  // want: counter-mismatch error "'wg' is counted down once more"
  });
  heddle::WaitGroup watcher;
  watcher.Go([&watch] {
    watch.See();
    watch.See();
  });
  wg.Wait();
  watcher.Wait();
}

// The same with as many as were added.
void TwoOfTwo() {
  heddle::WaitGroup wg;
  wg.Add(2);
  Watch watch([&wg] { wg.Done(); });
  heddle::WaitGroup watcher;
  watcher.Go([&watch] {
    watch.See();
    watch.See();
  });
  wg.Wait();
  watcher.Wait();
}

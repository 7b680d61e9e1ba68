// RUN: %expect %s
// Started, counted and waited for in different functions and classes.
#include <heddle/heddle.h>

#include <memory>
#include <utility>

void Save(int) {}

void StartSave(heddle::WaitGroup& saves, int page) {
  saves.Add(1);
  heddle::go([&saves, page] {
    HEDDLE_DEFER(saves.Done());
    Save(page);
  });
}

void WaitFor(heddle::WaitGroup& group) { group.Wait(); }

void Waits() {
  heddle::WaitGroup saves;
  StartSave(saves, 1);
  StartSave(saves, 2);
  WaitFor(saves);
}

void DoesNotWait() {
  heddle::WaitGroup saves;
  StartSave(saves, 1);  // want: missing-wait "'saves' counts the task"
}

template <class Work>
class Pool {
 public:
  explicit Pool(Work work) : work_(std::move(work)) {}
  void Start() { tasks_.Go([this] { work_(); }); }
  void Finish() { tasks_.Wait(); }

 private:
  Work work_;
  heddle::WaitGroup tasks_;
};

void PoolIsFinished() {
  Pool pool([] { Save(1); });
  pool.Start();
  pool.Finish();
}

// A destructor waits.
class Joiner {
 public:
  explicit Joiner(heddle::WaitGroup& group) : group_(group) {}
  ~Joiner() { group_.Wait(); }

 private:
  heddle::WaitGroup& group_;
};

void WaitsByDestructor() {
  heddle::WaitGroup saves;
  Joiner joiner(saves);
  StartSave(saves, 1);
}

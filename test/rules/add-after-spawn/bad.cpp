// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>

void Fetch(int) noexcept;

// Inside the task.
void Inside() {
  heddle::WaitGroup fetches;
  for (int i = 0; i < 4; ++i) {
    heddle::go([&fetches, i] {
      fetches.Add(1);  // want: add-after-spawn error "'fetches' is added to inside the task that it counts"
      Fetch(i);
      fetches.Done();
    });
  }
  fetches.Wait();  // note: "this wait may run before the task does"
}

// After the spawn.
void After() {
  heddle::WaitGroup fetches;
  heddle::go([&] {  // note: "started here"
    HEDDLE_DEFER(fetches.Done());
    Fetch(1);
  });
  fetches.Add(1);  // want: add-after-spawn "added to after the task, which it counts, was started"
  fetches.Wait();
}

// One is counted, the other counts itself.
void Mixed() {
  heddle::WaitGroup fetches;
  fetches.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(fetches.Done());
    Fetch(1);
  });
  heddle::go([&] {
    fetches.Add(1);  // want: add-after-spawn "inside the task"
    HEDDLE_DEFER(fetches.Done());
    Fetch(2);
  });
  fetches.Wait();
}

// A named function does it.
void FetchCounted(int id, heddle::WaitGroup* group) {
  group->Add(1);  // want: add-after-spawn "inside the task"
  HEDDLE_DEFER(group->Done());
  Fetch(id);
}
void Named() {
  heddle::WaitGroup fetches;
  heddle::go(FetchCounted, 1, &fetches);
  heddle::go(FetchCounted, 2, &fetches);
  fetches.Wait();
}

// Counted too late in every turn of a loop.
void LateInLoop() {
  heddle::WaitGroup fetches;
  for (int i = 0; i < 3; ++i) {
    heddle::go([&fetches, i] {
      HEDDLE_DEFER(fetches.Done());
      Fetch(i);
    });
    fetches.Add(1);  // want: add-after-spawn "added to after the task"
  }
  fetches.Wait();
}

// RUN: %expect %s
#include <heddle/heddle.h>

void Fetch(int);

void Before() {
  heddle::WaitGroup fetches;
  for (int i = 0; i < 4; ++i) {
    fetches.Add(1);
    heddle::go([&fetches, i] {
      HEDDLE_DEFER(fetches.Done());
      Fetch(i);
    });
  }
  fetches.Wait();
}

// All at once.
void Together() {
  heddle::WaitGroup fetches;
  fetches.Add(4);
  for (int i = 0; i < 4; ++i)
    heddle::go([&fetches, i] {
      HEDDLE_DEFER(fetches.Done());
      Fetch(i);
    });
  fetches.Wait();
}

void ByCount(int n) {
  heddle::WaitGroup fetches;
  fetches.Add(n);
  for (int i = 0; i < n; ++i)
    heddle::go([&fetches, i] {
      HEDDLE_DEFER(fetches.Done());
      Fetch(i);
    });
  fetches.Wait();
}

// A counted task may count the tasks that it starts itself.
void Tree() {
  heddle::WaitGroup all;
  all.Add(1);
  heddle::go([&all] {
    HEDDLE_DEFER(all.Done());
    for (int i = 0; i < 2; ++i) {
      all.Add(1);
      heddle::go([&all, i] {
        HEDDLE_DEFER(all.Done());
        Fetch(i);
      });
    }
  });
  all.Wait();
}

// Another round after the wait.
void Rounds() {
  heddle::WaitGroup round;
  for (int i = 0; i < 3; ++i) {
    round.Add(1);
    heddle::go([&round, i] {
      HEDDLE_DEFER(round.Done());
      Fetch(i);
    });
    round.Wait();
  }
}

// The task's own group, inside the task.
void Inner() {
  heddle::WaitGroup outer;
  outer.Go([] {
    heddle::WaitGroup inner;
    inner.Add(1);
    heddle::go([&inner] { inner.Done(); });
    inner.Wait();
  });
  outer.Wait();
}

// RUN: %expect %s
#include <heddle/heddle.h>

void Work(int) noexcept;

// One more than there are tasks.
void Few() {
  heddle::WaitGroup wg;
  wg.Add(3);  // note: "'Few' adds to 'wg'"
  for (int i = 0; i < 2; ++i) {
    heddle::go([&wg, i] {
      HEDDLE_DEFER(wg.Done());
      Work(i);
    });
  }
  wg.Wait();  // want: counter-mismatch error "this wait for 'wg' never ends: it is counted down less often than it was added to"
}

// Two loops that should be the same.
void Bounds(int n) {
  heddle::WaitGroup wg;
  for (int i = 0; i <= n; ++i) wg.Add(1);
  for (int i = 0; i < n; ++i) {
    heddle::go([&wg, i] {
      HEDDLE_DEFER(wg.Done());
      Work(i);
    });
  }
  wg.Wait();  // want: counter-mismatch warning "never ends"
}

// Leaves the first one out.
void AllBut(int n) {
  heddle::WaitGroup wg;
  wg.Add(n);
  for (int i = 1; i < n; ++i) {
    heddle::go([&wg, i] {
      HEDDLE_DEFER(wg.Done());
      Work(i);
    });
  }
  wg.Wait();  // want: counter-mismatch warning "never ends"
}

// Go counts by itself.
void Twice() {
  heddle::WaitGroup wg;
  wg.Go([&wg] {  // want: counter-mismatch error "'wg' is counted down once more than it was added to; this panics"
    HEDDLE_DEFER(wg.Done());
    Work(1);
  });
  wg.Wait();
}

// An early path counts down, and so does the defer.
void Early(bool broken) {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&wg, broken] {
    HEDDLE_DEFER(wg.Done());  // want: counter-mismatch warning "counted down once more"
    if (broken) {
      wg.Done();
      return;
    }
    Work(1);
  });
  wg.Wait();
}

void NoTask() {
  heddle::WaitGroup wg;
  wg.Add(1);
  wg.Done();  // note: "'NoTask' counts 'wg' down"
  wg.Done();  // want: counter-mismatch error "below|once more"
}

// Added for a task that is started on some paths only.
void Maybe(bool on) {
  heddle::WaitGroup wg;
  wg.Add(2);
  heddle::go([&wg] { wg.Done(); });
  if (on) heddle::go([&wg] { wg.Done(); });
  wg.Wait();  // want: counter-mismatch warning "never ends"
}

// RUN: %expect %s
#include <heddle/heddle.h>

void Twice() {
  heddle::Channel<int> c;
  c.Close();  // note: "'Twice' closes 'c' here"
  c.Close();  // want: double-close error "'c' is closed a second time; this panics"
}

void DeferredToo(bool early) {
  heddle::Channel<int> c(1);
  HEDDLE_DEFER(c.Close());  // want: double-close warning "'c' is closed a second time"
  if (early) c.Close();
}

void Alias() {
  heddle::Channel<int> c;
  heddle::Channel<int> same = c;
  c.Close();
  same.Close();  // want: double-close "closed a second time"
}

// Each worker thinks that it is the last.
void Workers() {
  heddle::Channel<int> results(4);
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i) {
    wg.Go([results]() mutable {
      results.Close();  // want: double-close "'results' is closed a second time"
    });
  }
  wg.Wait();
}

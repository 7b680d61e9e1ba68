// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstddef>
#include <vector>

void Work(int);

void AllAtOnce() {
  heddle::WaitGroup wg;
  wg.Add(3);
  for (int i = 0; i < 3; ++i) {
    heddle::go([&wg, i] {
      HEDDLE_DEFER(wg.Done());
      Work(i);
    });
  }
  wg.Wait();
}

void Unknown(int n) {
  heddle::WaitGroup wg;
  wg.Add(n);
  for (int i = 0; i < n; ++i) {
    heddle::go([&wg, i] {
      HEDDLE_DEFER(wg.Done());
      Work(i);
    });
  }
  wg.Wait();
}

void OfContainer(const std::vector<int>& items) {
  heddle::WaitGroup wg;
  wg.Add(static_cast<int>(items.size()));
  for (int item : items) {
    heddle::go([&wg, item] {
      HEDDLE_DEFER(wg.Done());
      Work(item);
    });
  }
  wg.Wait();
}

void OfIndexes(const std::vector<int>& items) {
  heddle::WaitGroup wg;
  int n = static_cast<int>(items.size());
  wg.Add(n);
  for (std::size_t i = 0; i < items.size(); ++i) {
    heddle::go([&wg, &items, i] {
      HEDDLE_DEFER(wg.Done());
      Work(items[i]);
    });
  }
  wg.Wait();
}

// The caller says how many of them are wanted, and which.
void Some(int n, const bool* wanted) {
  heddle::WaitGroup wg;
  wg.Add(n);
  for (int i = 0; i < 8; ++i) {
    if (wanted[i]) {
      heddle::go([&wg, i] {
        HEDDLE_DEFER(wg.Done());
        Work(i);
      });
    }
  }
  wg.Wait();
}

// What was not started is taken off again.
void Rest(int started) {
  heddle::WaitGroup wg;
  wg.Add(3);
  for (int i = 0; i < 3; ++i) {
    if (i < started) {
      heddle::go([&wg, i] {
        HEDDLE_DEFER(wg.Done());
        Work(i);
      });
    } else {
      wg.Done();
    }
  }
  wg.Wait();
}

// A task that stands for two.
void Pairs() {
  heddle::WaitGroup wg;
  wg.Add(2);
  heddle::go([&wg] {
    Work(1);
    wg.Done();
    Work(2);
    wg.Done();
  });
  wg.Wait();
}

void Matching(bool on) {
  heddle::WaitGroup wg;
  wg.Add(on ? 2 : 1);
  heddle::go([&wg] { wg.Done(); });
  if (on) heddle::go([&wg] { wg.Done(); });
  wg.Wait();
}

void Negative() {
  heddle::WaitGroup wg;
  wg.Add(2);
  wg.Add(-1);
  wg.Done();
  wg.Wait();
}

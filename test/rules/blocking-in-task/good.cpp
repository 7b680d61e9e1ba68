// RUN: %expect %s
#include <heddle/heddle.h>

#include <future>
#include <thread>

int Measure();

// Plain threads may block.
void OnAThread() {
  std::thread outer([] {
    std::thread inner(Measure);
    inner.join();
  });
  outer.join();
}

void OnMain() {
  std::future<int> one = std::async(std::launch::async, Measure);
  heddle::WaitGroup wg;
  wg.Go([] { Measure(); });
  wg.Wait();
  one.get();
}

// On a thread that is lent for it.
void Lent() {
  heddle::WaitGroup wg;
  wg.Go([] {
    std::future<int> one = std::async(std::launch::async, Measure);
    heddle::Blocking([&one] { return one.get(); });
  });
  wg.Wait();
}

// Waits of goroutines give the thread away.
void Goroutines() {
  heddle::WaitGroup outer;
  outer.Go([] {
    heddle::WaitGroup inner;
    inner.Go([] { Measure(); });
    inner.Wait();
  });
  outer.Wait();
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

heddle::Mutex mu;
int guarded = 0;
int total = 0;
std::atomic<int> hits{0};

void Add() { total += 1; }
bool Try();
void Heartbeat() {
  for (;;) heddle::Sleep(1ms);
}

// The wait is there; the sleep is only a pause.
int PauseAndWait() {
  heddle::WaitGroup wg;
  wg.Go(Add);
  heddle::Sleep(1ms);
  wg.Wait();
  return total;
}

// Under a lock the value may be any that there is.
int Sample() {
  heddle::go([] {
    heddle::MutexLock lock(mu);
    ++guarded;
  });
  heddle::Sleep(1ms);
  heddle::MutexLock lock(mu);
  return guarded;
}

// Polls.
int Poll() {
  heddle::go([] { hits.fetch_add(1); });
  while (hits.load() == 0) heddle::Sleep(1ms);
  return hits.load();
}

// Tries again, a little later each time.
bool Retry() {
  heddle::go(Heartbeat);
  for (int i = 1; i < 4; ++i) {
    if (Try()) return true;
    heddle::Sleep(i * 1ms);
  }
  return false;
}

// Work that takes a while, before the task is started.
int main() {
  heddle::Sleep(1ms);
  heddle::go(Heartbeat);
  heddle::Channel<int> done(1);
  heddle::go([done]() mutable { done.Send(total); });
  heddle::Sleep(1ms);
  return done.Recv().value_or(0);
}

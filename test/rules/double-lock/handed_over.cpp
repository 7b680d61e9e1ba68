// RUN: %expect %s
// As handed_over_good.cpp, where it is the same lock after all.
#include <heddle/heddle.h>

#include <mutex>
#include <utility>

int sum = 0;

void MovedAndStillHeld(heddle::Mutex& mu) {
  std::unique_lock<heddle::Mutex> first(mu);
  std::unique_lock<heddle::Mutex> second = std::move(first);
  ++sum;
  mu.Lock();  // want: double-lock "acquired again"
  mu.Unlock();
}

void SwappedAndStillHeld(heddle::Mutex& mu) {
  std::unique_lock<heddle::Mutex> first(mu);
  {
    std::unique_lock<heddle::Mutex> none;
    first.swap(none);
    ++sum;
    mu.Lock();  // want: double-lock "acquired again"
    mu.Unlock();
  }
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>
#include <stdexcept>

std::mutex mu;
std::shared_mutex shared_mu;
heddle::Mutex items_mu;
int items = 0;

bool Take() {
  mu.lock();  // note: "'mu' is acquired here"
  if (items == 0) return false;  // want: missing-unlock warning "'mu' is still held when the function returns here, as it is not on other paths"
  --items;
  mu.unlock();
  return false;
}

int Peek(int index) {
  shared_mu.lock_shared();
  if (index < 0) throw std::out_of_range("index");  // want: missing-unlock "'shared_mu' is still held when this exception leaves"
  int seen = items;
  shared_mu.unlock_shared();
  return seen;
}

void Loop(int n) {
  for (int i = 0; i < n; ++i) {
    items_mu.Lock();
    if (items == i) return;  // want: missing-unlock "'items_mu'"
    ++items;
    items_mu.Unlock();
  }
}

void Switch(int kind) {
  std::unique_lock<std::mutex> lock(mu);
  lock.release();
  switch (kind) {
    case 0:
      mu.unlock();
      break;
    case 1:
      break;
    default:
      mu.unlock();
  }
}  // want: missing-unlock "'mu' is still held"

class Counter {
 public:
  int Next() {
    mu_.Lock();
    return ++count_;  // want: missing-unlock error "'mu_' is still held when the function returns here; nothing releases it"
  }

 private:
  heddle::Mutex mu_;
  int count_ = 0;
};

// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>

std::mutex mu;
std::shared_mutex shared_mu;
heddle::Mutex heddle_mu;
heddle::RWMutex rw_mu;

void Twice() {
  mu.lock();  // note: "'mu' is acquired here"
  mu.lock();  // want: double-lock error "'mu' is acquired again while it is held since line 13; this task can never go on"
  mu.unlock();
  mu.unlock();
}

void TwoGuards() {
  std::lock_guard<std::mutex> outer(mu);
  std::unique_lock<std::mutex> inner(mu);  // want: double-lock "'mu'"
}

void ByCondition(bool deep) {
  heddle::MutexLock outer(heddle_mu);
  if (deep) {
    heddle::MutexLock inner(heddle_mu);  // want: double-lock warning "'heddle_mu'"
  }
}

void Upgrade() {
  heddle::ReaderLock reading(rw_mu);
  heddle::WriterLock writing(rw_mu);  // want: double-lock "'rw_mu'"
}

void Relocked() {
  std::unique_lock<std::mutex> lock(mu);
  lock.unlock();
  lock.lock();
  mu.lock();  // want: double-lock "held since line 39"
}

void SharedThenOwn() {
  std::shared_lock reading(shared_mu);
  std::lock_guard writing(shared_mu);  // want: double-lock "'shared_mu'"
}

struct Cache {
  heddle::Mutex mu_;
  int size_ = 0;
  // The second turn of the loop finds it locked.
  void Fill(int n) {
    for (int i = 0; i < n; ++i) {
      mu_.Lock();  // want: double-lock "'mu_'"
      if (size_ > 10) continue;
      ++size_;
      mu_.Unlock();
    }
  }  // want: missing-unlock "'mu_' is still held"
};

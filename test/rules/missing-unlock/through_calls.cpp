// RUN: %expect %s
#include <heddle/heddle.h>

class Store {
 public:
  bool Update(int key) {
    Acquire();
    if (key < 0) return false;  // want: missing-unlock "'mu_' is still held when the function returns here"
    ++version_;
    Release();
    return false;
  }
  bool UpdateWell(int key) {
    Acquire();
    heddle::Defer release([this] { Release(); });
    if (key < 0) return false;
    ++version_;
    return true;
  }

 private:
  void Acquire() { mu_.Lock(); }
  void Release() { mu_.Unlock(); }
  heddle::Mutex mu_;
  int version_ = 0;
};

// A task that leaves with the lock of the object that it works for.
void Start(heddle::WaitGroup& wg, heddle::Mutex& mu, int n) {
  wg.Go([&mu, n] {
    mu.Lock();
    if (n == 0) return;  // want: missing-unlock "'mu' is still held"
    mu.Unlock();
  });
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>
#include <stdexcept>

std::mutex mu;
int items = 0;

bool Take() {
  mu.lock();
  if (items == 0) {
    mu.unlock();
    return false;
  }
  --items;
  mu.unlock();
  return true;
}

bool TakeDeferred() {
  mu.lock();
  HEDDLE_DEFER(mu.unlock());
  if (items == 0) return false;
  if (items < 0) throw std::runtime_error("broken");
  --items;
  return true;
}

bool TakeGuarded() {
  std::unique_lock<std::mutex> lock(mu);
  if (items == 0) return false;
  lock.unlock();
  return true;
}

// Says by what it returns whether the lock is held.
bool TryEnter() {
  mu.lock();
  if (items == 0) {
    mu.unlock();
    return false;
  }
  return true;
}
void Leave() { mu.unlock(); }

// Locks for its caller; a sibling unlocks.
class Session {
 public:
  void Begin() {
    mu_.Lock();
    active_ = true;
  }
  void End() {
    active_ = false;
    mu_.Unlock();
  }

 private:
  heddle::Mutex mu_;
  bool active_ = false;
};

void Conditional(bool shared) {
  if (shared) mu.lock();
  ++items;
  if (shared) mu.unlock();
}

void TryOnly() {
  if (!mu.try_lock()) return;
  ++items;
  mu.unlock();
}

void Caught() {
  mu.lock();
  try {
    if (items < 0) throw std::runtime_error("broken");
    ++items;
  } catch (...) {
    mu.unlock();
    throw;
  }
  mu.unlock();
}

void Scoped() {
  for (int i = 0; i < 3; ++i) {
    std::lock_guard<std::mutex> lock(mu);
    if (items == i) return;
    if (items > i) continue;
    ++items;
  }
}

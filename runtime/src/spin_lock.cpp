// The slow path of SpinLock. See sync.h.
#include "sync.h"

namespace heddle::internal {

void SpinLock::LockSlow() {
  for (int round = 0;; ++round) {
    // relaxed: only a hint; the exchange below is what acquires.
    if (held_.load(std::memory_order_relaxed) == 0 &&
        held_.exchange(1, std::memory_order_acquire) == 0) {  // pairs with Unlock
      return;
    }
    BackOff(round);
  }
}

}  // namespace heddle::internal

// What a task finds empty when it is started others fill before it looks.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <vector>

class Kitchen {
 public:
  void Order(int dish) {
    heddle::MutexLock lock(slips_mu_);
    slips_.push_back(dish);
    Ring();
  }

  void Cook() {
    heddle::MutexLock bell(bell_mu_);
    if (slips_.empty()) return;
    heddle::MutexLock lock(slips_mu_);  // note: "'kitchen.slips_mu_' is acquired here while 'kitchen.bell_mu_' is held"
    slips_.clear();
  }

 private:
  void Ring() {
    heddle::MutexLock bell(bell_mu_);  // want: lock-order "opposite order"
    ++rings_;
  }

  heddle::Mutex slips_mu_, bell_mu_;
  std::vector<int> slips_;
  int rings_ = 0;
};

int main() {
  Kitchen kitchen;
  heddle::WaitGroup shift;
  shift.Go([&] { kitchen.Order(1); });
  shift.Go([&] { kitchen.Cook(); });
  shift.Wait();
}

// What: A sensor notifies its displays under its lock and a display locks itself there; a display that closes holds its own lock while it detaches from the sensor.
// Run: hang-some
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <vector>

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnValue(int value) = 0;
};

class Sensor {
 public:
  void Attach(Observer* observer) {
    heddle::MutexLock lock(mu_);
    observers_.push_back(observer);
  }
  void Detach(Observer* observer) {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    std::erase(observers_, observer);
  }
  void Set(int value) {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock, callback-under-lock
    for (Observer* observer : observers_) observer->OnValue(value);  // bug: lock-order, deadlock, callback-under-lock
  }

 private:
  heddle::Mutex mu_;
  std::vector<Observer*> observers_;
};

class Display : public Observer {
 public:
  explicit Display(Sensor& sensor) : sensor_(sensor) { sensor_.Attach(this); }

  void OnValue(int value) override {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock, callback-under-lock
    shown_ = value;
  }

  void Close() {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    if (closed_) return;
    closed_ = true;
    sensor_.Detach(this);  // bug: lock-order, deadlock
  }

 private:
  Sensor& sensor_;
  heddle::Mutex mu_;
  int shown_ = 0;
  bool closed_ = false;
};

int main() {
  Sensor sensor;
  Display display(sensor);
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int value = 0; value < 1000; ++value) sensor.Set(value);
  });
  tasks.Go([&] { display.Close(); });
  tasks.Wait();
}

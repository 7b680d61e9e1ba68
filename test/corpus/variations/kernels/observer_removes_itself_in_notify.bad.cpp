// What: A thermometer notifies its observers with its lock held; an observer that has seen enough removes itself, which takes the same lock.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnReading(int degrees) = 0;
};
using ObserverPtr = std::shared_ptr<Observer>;

class Thermometer {
 public:
  void Attach(ObserverPtr observer) {
    heddle::WriterLock lock(mu_);
    observers_.push_back(std::move(observer));
  }

  void Detach(const Observer* observer) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    std::erase_if(observers_, [&](const ObserverPtr& other) { return other.get() == observer; });
  }

  void Read(int degrees) {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock, callback-under-lock
    for (const ObserverPtr& observer : observers_) observer->OnReading(degrees);  // bug: double-lock, deadlock, callback-under-lock
  }

 private:
  heddle::RWMutex mu_;
  std::vector<ObserverPtr> observers_;
};

class AlarmOnce : public Observer {
 public:
  AlarmOnce(Thermometer& source, int limit) : source_(source), limit_(limit) {}
  void OnReading(int degrees) override {
    if (degrees < limit_) return;
    std::printf("alarm at %d\n", degrees);
    source_.Detach(this);  // bug: double-lock, deadlock
  }

 private:
  Thermometer& source_;
  const int limit_;
};

int main() {
  Thermometer thermometer;
  thermometer.Attach(std::make_shared<AlarmOnce>(thermometer, 30));
  thermometer.Attach(std::make_shared<AlarmOnce>(thermometer, 90));
  heddle::WaitGroup sampler;
  sampler.Go([&thermometer] {
    for (int degrees = 10; degrees <= 50; degrees += 10) thermometer.Read(degrees);  // bug: deadlock
  });
  sampler.Wait();  // bug: deadlock
}

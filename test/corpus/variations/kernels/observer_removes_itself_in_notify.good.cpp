// What: A thermometer notifies a copy of its observers without its lock.
// Run: clean
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
    heddle::WriterLock lock(mu_);
    std::erase_if(observers_, [&](const ObserverPtr& other) { return other.get() == observer; });
  }

  void Read(int degrees) {
    for (const ObserverPtr& observer : Observers()) observer->OnReading(degrees);
  }

 private:
  std::vector<ObserverPtr> Observers() {
    heddle::ReaderLock lock(mu_);
    return observers_;
  }

  heddle::RWMutex mu_;
  std::vector<ObserverPtr> observers_;
};

class AlarmOnce : public Observer {
 public:
  AlarmOnce(Thermometer& source, int limit) : source_(source), limit_(limit) {}
  void OnReading(int degrees) override {
    if (degrees < limit_) return;
    std::printf("alarm at %d\n", degrees);
    source_.Detach(this);
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
    for (int degrees = 10; degrees <= 50; degrees += 10) thermometer.Read(degrees);
  });
  sampler.Wait();
}

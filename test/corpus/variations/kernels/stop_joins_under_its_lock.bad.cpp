// What: A weather balloon stops its sampler by joining it with the lock held that the sampler takes for every sample.
// Run: hang-some
#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

class Sensor {
 public:
  virtual ~Sensor() = default;
  virtual double Measure() = 0;
};

class Barometer : public Sensor {
 public:
  double Measure() override { return pressure_ -= 0.5; }

 private:
  double pressure_ = 1013.0;
};

class Balloon {
 public:
  explicit Balloon(std::unique_ptr<Sensor> sensor) : sensor_(std::move(sensor)) {}
  ~Balloon() { Stop(); }

  void Start() {
    std::lock_guard<std::mutex> lock(mu_);
    sampler_.emplace([this] {  // bug: deadlock, blocking-under-lock
      while (SampleOnce()) std::this_thread::yield();  // bug: deadlock, blocking-under-lock
    });
  }

  void Stop() {
    std::lock_guard<std::mutex> lock(mu_);  // bug: deadlock, blocking-under-lock
    stopped_ = true;
    if (!sampler_) return;
    sampler_->join();  // bug: deadlock, blocking-under-lock
    sampler_.reset();
  }

  std::size_t samples() {
    std::lock_guard<std::mutex> lock(mu_);
    return samples_.size();
  }

 private:
  bool SampleOnce() {
    std::lock_guard<std::mutex> lock(mu_);  // bug: deadlock, blocking-under-lock
    if (stopped_) return false;
    samples_.push_back(sensor_->Measure());
    return samples_.size() < 10'000'000;
  }

  std::unique_ptr<Sensor> sensor_;
  std::mutex mu_;
  bool stopped_ = false;
  std::vector<double> samples_;
  std::optional<std::thread> sampler_;
};

int main() {
  Balloon balloon(std::make_unique<Barometer>());
  balloon.Start();
  while (balloon.samples() < 100) std::this_thread::yield();
  balloon.Stop();  // bug: deadlock, blocking-under-lock
  std::printf("samples: %s\n", balloon.samples() >= 100 ? "enough" : "too few");
}

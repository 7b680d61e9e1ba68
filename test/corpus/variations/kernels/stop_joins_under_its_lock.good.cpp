// What: A weather balloon marks itself stopped under its lock and joins its sampler after the unlock.
// Run: clean
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
    sampler_.emplace([this] {
      while (SampleOnce()) std::this_thread::yield();
    });
  }

  void Stop() {
    std::optional<std::thread> sampler;
    {
      std::lock_guard<std::mutex> lock(mu_);
      stopped_ = true;
      sampler.swap(sampler_);
    }
    if (sampler) sampler->join();
  }

  std::size_t samples() {
    std::lock_guard<std::mutex> lock(mu_);
    return samples_.size();
  }

 private:
  bool SampleOnce() {
    std::lock_guard<std::mutex> lock(mu_);
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
  balloon.Stop();
  std::printf("samples: %s\n", balloon.samples() >= 100 ? "enough" : "too few");
}

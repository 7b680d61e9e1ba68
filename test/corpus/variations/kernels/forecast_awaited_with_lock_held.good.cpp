// What: A weather desk starts a forecast in another thread and lets go of the desk's mutex before it waits for it.
// Run: clean
#include <cstdio>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <utility>

class WeatherDesk {
 public:
  using Model = std::function<int(int altitude)>;

  explicit WeatherDesk(Model model) : model_(std::move(model)) {}

  void AddStation(const std::string& name, int altitude) {
    std::lock_guard<std::mutex> lock(mu_);
    stations_[name] = altitude;
  }

  // The forecast for a station; one that was made before is used again.
  int Forecast(const std::string& name) {
    std::unique_lock<std::mutex> lock(mu_);
    auto it = made_.find(name);
    if (it != made_.end()) return it->second;
    std::future<int> forecast =
        std::async(std::launch::async, [this, name] { return model_(AltitudeOf(name)); });
    lock.unlock();
    const int degrees = forecast.get();
    lock.lock();
    made_[name] = degrees;
    return degrees;
  }

 private:
  int AltitudeOf(const std::string& name) {
    std::lock_guard<std::mutex> lock(mu_);
    auto it = stations_.find(name);
    return it == stations_.end() ? 0 : it->second;
  }

  Model model_;
  std::mutex mu_;
  std::map<std::string, int> stations_;
  std::map<std::string, int> made_;
};

int main() {
  WeatherDesk desk([](int altitude) { return 20 - altitude / 150; });
  desk.AddStation("summit", 2400);
  desk.AddStation("quay", 3);
  for (const char* name : {"quay", "summit", "quay"}) {
    std::printf("%s: %d degrees\n", name, desk.Forecast(name));
  }
}

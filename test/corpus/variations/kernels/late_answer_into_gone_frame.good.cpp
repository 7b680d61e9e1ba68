// What: A weather desk asks a station in a task that writes its report into an object that both share; after the deadline the task writes where nobody looks any more.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

struct Report {
  int celsius = 0;
  int hectopascal = 0;
};

class Station {
 public:
  virtual ~Station() = default;
  virtual Report Measure() = 0;
};

class SlowStation : public Station {
 public:
  explicit SlowStation(std::chrono::nanoseconds delay) : delay_(delay) {}
  Report Measure() override {
    heddle::Sleep(delay_);
    return {18, 1013};
  }

 private:
  const std::chrono::nanoseconds delay_;
};

class WeatherDesk {
 public:
  void Add(const std::string& name, std::unique_ptr<Station> station) {
    stations_[name] = std::move(station);
  }

  // The report of station `name`, if it comes within `limit`.
  std::optional<Report> Ask(const std::string& name, std::chrono::nanoseconds limit) {
    auto it = stations_.find(name);
    if (it == stations_.end()) return std::nullopt;
    auto report = std::make_shared<Report>();
    heddle::Channel<heddle::Unit> ready(1);
    asked_.Go([report, ready, station = it->second.get()] {
      *report = station->Measure();
      ready.Send(heddle::Unit{});
    });
    const int chosen = heddle::Select(heddle::OnRecv(ready), heddle::OnTimeout(limit));
    if (chosen == 1) return std::nullopt;
    return *report;
  }

  void Close() { asked_.Wait(); }

 private:
  std::map<std::string, std::unique_ptr<Station>> stations_;
  heddle::WaitGroup asked_;
};

int main() {
  WeatherDesk desk;
  desk.Add("pier", std::make_unique<SlowStation>(10us));
  desk.Add("summit", std::make_unique<SlowStation>(3ms));
  for (const char* name : {"pier", "summit", "pier", "summit", "pier"}) {
    const std::optional<Report> report = desk.Ask(name, 1ms);
    std::printf("%s: %d degrees\n", name, report ? report->celsius : -99);
  }
  desk.Close();
}

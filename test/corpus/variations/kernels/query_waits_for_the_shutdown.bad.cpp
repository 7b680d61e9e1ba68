// What: A bottling line asks whether the plant is shutting down before it logs a failed crate; the question waits for the shutdown, which comes only after the line.
// Run: deadlock
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

// Announces once that the plant shuts down.
class Shutdown {
 public:
  void Begin() { begun_.set_value(); }

  bool HasBegun() const {
    future_.wait();  // bug: deadlock, leaked-task
    return future_.valid();
  }

 private:
  std::promise<void> begun_;
  std::shared_future<void> future_ = begun_.get_future().share();
};

class Plant {
 public:
  void Open(std::shared_ptr<Shutdown> shutdown) { shutdown_ = std::move(shutdown); }
  const Shutdown& shutdown() const { return *shutdown_; }

 private:
  std::shared_ptr<Shutdown> shutdown_;
};

struct Crate {
  const Plant& plant;
  int bottles;
};

class BottlingLine {
 public:
  void Process(const Crate& crate) {
    const std::optional<std::string> error = Fill(crate);
    if (!error) return;
    if (crate.plant.shutdown().HasBegun()) return;  // bug: deadlock
    std::printf("crate failed: %s\n", error->c_str());
    ++failures_;
  }

  int failures() const { return failures_; }

 private:
  static std::optional<std::string> Fill(const Crate& crate) {
    if (crate.bottles % 6 == 0) return std::nullopt;
    return std::to_string(crate.bottles) + " bottles";
  }

  int failures_ = 0;
};

int main() {
  auto shutdown = std::make_shared<Shutdown>();
  Plant plant;
  plant.Open(shutdown);

  BottlingLine line;
  std::thread worker([&] {  // bug: deadlock, leaked-task
    for (int bottles = 5; bottles <= 12; ++bottles) line.Process({plant, bottles});
  });
  worker.join();  // bug: deadlock
  shutdown->Begin();
  std::printf("%d failures\n", line.failures());
}

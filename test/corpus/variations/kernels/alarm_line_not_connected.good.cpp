// What: A watchman reads the alarms of every gate that has an alarm channel; one that is built without a siren has none and is left out.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Options {
  bool siren = false;
  int alarms = 0;
};

class Gate {
 public:
  Gate(std::string name, const Options& options) : name_(std::move(name)), alarms_left_(options.alarms) {
    if (options.siren) alarms_ = heddle::Channel<int>(4);
  }

  const std::string& name() const { return name_; }
  heddle::RecvChannel<int> Alarms() const { return alarms_; }

  void Guard() {
    if (!alarms_) return;
    for (int alarm = 1; alarm <= alarms_left_; ++alarm) alarms_.Send(alarm);
    alarms_.Close();
  }

 private:
  std::string name_;
  int alarms_left_;
  heddle::Channel<int> alarms_ = heddle::Channel<int>::Nil();
};

class Watchman {
 public:
  void Add(std::shared_ptr<Gate> gate) { gates_.push_back(std::move(gate)); }

  int Watch() {
    heddle::WaitGroup guards;
    for (const auto& gate : gates_) guards.Go([gate] { gate->Guard(); });
    int alarms = 0;
    for (const auto& gate : gates_) alarms += Count(*gate);
    guards.Wait();
    return alarms;
  }

 private:
  static int Count(const Gate& gate) {
    int count = 0;
    const heddle::RecvChannel<int> alarms = gate.Alarms();
    if (!alarms) return 0;
    while (std::optional<int> alarm = alarms.Recv()) count = *alarm;
    std::printf("%s: %d\n", gate.name().c_str(), count);
    return count;
  }

  std::vector<std::shared_ptr<Gate>> gates_;
};

int main() {
  Watchman watchman;
  watchman.Add(std::make_shared<Gate>("north", Options{true, 3}));
  watchman.Add(std::make_shared<Gate>("garden", Options{}));
  watchman.Add(std::make_shared<Gate>("south", Options{true, 1}));
  std::printf("%d alarms\n", watchman.Watch());
}

// What: A turnstile wakes those who wait for it whether it is enabled by itself or by the handler for all of a kind.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

class Turnstile {
 public:
  void Enable() {
    heddle::MutexLock lock(mu_);
    enabled_ = true;
    changed_.Broadcast();
  }

  void AwaitEnabled() {
    heddle::MutexLock lock(mu_);
    while (!enabled_) {
      changed_.Wait();
    }
  }

 private:
  friend class Station;

  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  bool enabled_ = false;
};

class Station {
 public:
  Station() {
    handlers_["enable"] = [](Turnstile& gate) { SetEnabled(gate, true); };
    handlers_["disable"] = [](Turnstile& gate) { SetEnabled(gate, false); };
  }

  std::shared_ptr<Turnstile> Add() {
    gates_.push_back(std::make_shared<Turnstile>());
    return gates_.back();
  }

  // Carries out the command that came in for all gates.
  void Handle(const std::string& command) {
    auto it = handlers_.find(command);
    if (it == handlers_.end()) return;
    for (const auto& gate : gates_) it->second(*gate);
  }

 private:
  static void SetEnabled(Turnstile& gate, bool enabled) {
    heddle::MutexLock lock(gate.mu_);
    gate.enabled_ = enabled;
    gate.changed_.Broadcast();
  }

  std::map<std::string, std::function<void(Turnstile&)>> handlers_;
  std::vector<std::shared_ptr<Turnstile>> gates_;
};

void Pass(Turnstile& gate) {
  heddle::WaitGroup visitor;
  visitor.Go([&] { gate.AwaitEnabled(); });
  visitor.Wait();
}

int main() {
  Station station;
  std::shared_ptr<Turnstile> gate = station.Add();
  gate->Enable();
  Pass(*gate);

  station.Handle("disable");
  heddle::WaitGroup visitors;
  for (int i = 0; i < 3; ++i) visitors.Go([gate] { Pass(*gate); });
  heddle::Yield();
  station.Handle("enable");
  visitors.Wait();
  std::printf("all passed\n");
}

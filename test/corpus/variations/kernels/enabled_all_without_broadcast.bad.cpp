// What: A turnstile that is enabled by itself wakes those who wait for it; the handler that enables all of a kind sets the same field and wakes nobody.
// Run: hang-some
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
      changed_.Wait();  // bug: deadlock, leaked-task, wait-without-loop
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
    handlers_["enable"] = [](Turnstile& gate) { SetEnabled(gate, true); };  // bug: deadlock, wait-without-loop
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
    gate.enabled_ = enabled;  // bug: deadlock, wait-without-loop
  }

  std::map<std::string, std::function<void(Turnstile&)>> handlers_;
  std::vector<std::shared_ptr<Turnstile>> gates_;
};

void Pass(Turnstile& gate) {
  heddle::WaitGroup visitor;
  visitor.Go([&] { gate.AwaitEnabled(); });  // bug: deadlock, leaked-task
  visitor.Wait();  // bug: deadlock
}

int main() {
  Station station;
  std::shared_ptr<Turnstile> gate = station.Add();
  gate->Enable();
  Pass(*gate);

  station.Handle("disable");
  heddle::WaitGroup visitors;
  for (int i = 0; i < 3; ++i) visitors.Go([gate] { Pass(*gate); });  // bug: deadlock, leaked-task
  heddle::Yield();
  station.Handle("enable");  // bug: deadlock, wait-without-loop
  visitors.Wait();  // bug: deadlock
  std::printf("all passed\n");
}

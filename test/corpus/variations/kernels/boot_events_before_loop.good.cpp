// What: A console starts its loop before it reports its boot events to it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Event {
  std::string device;
  bool ready;
};

class Device {
 public:
  explicit Device(std::string name) : name_(std::move(name)) {}
  virtual ~Device() = default;
  virtual Event Probe() const { return {name_, true}; }

 protected:
  std::string name_;
};

class Console {
 public:
  void Attach(std::unique_ptr<Device> device) { devices_.push_back(std::move(device)); }

  void Boot() {
    loop_.Go([this] { Loop(); });
    for (auto& device : devices_) Report(device->Probe());
  }

  int Halt() {
    events_.Close();
    loop_.Wait();
    return ready_;
  }

 private:
  void Report(Event event) {
    if (event.device.empty()) return;
    events_.Send(std::move(event));
  }

  void Loop() {
    for (const Event& event : events_) ready_ += event.ready ? 1 : 0;
  }

  heddle::Channel<Event> events_{2};
  std::vector<std::unique_ptr<Device>> devices_;
  heddle::WaitGroup loop_;
  int ready_ = 0;
};

int main() {
  Console console;
  for (const char* name : {"disk", "screen", "keyboard"}) {
    console.Attach(std::make_unique<Device>(name));
  }
  console.Boot();
  std::printf("%d devices ready\n", console.Halt());
}

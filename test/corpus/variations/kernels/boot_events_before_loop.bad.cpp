// What: A console reports its boot events to its own loop before it starts the loop; with one device more than the channel has places the boot blocks.
// Run: deadlock
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
    for (auto& device : devices_) Report(device->Probe());  // bug: deadlock
    loop_.Go([this] { Loop(); });  // bug: deadlock
  }

  int Halt() {
    events_.Close();
    loop_.Wait();
    return ready_;
  }

 private:
  void Report(Event event) {
    if (event.device.empty()) return;
    events_.Send(std::move(event));  // bug: deadlock, leaked-task
  }

  void Loop() {
    for (const Event& event : events_) ready_ += event.ready ? 1 : 0;
  }

  heddle::Channel<Event> events_{2};  // bug: deadlock
  std::vector<std::unique_ptr<Device>> devices_;
  heddle::WaitGroup loop_;
  int ready_ = 0;
};

int main() {
  Console console;
  for (const char* name : {"disk", "screen", "keyboard"}) {
    console.Attach(std::make_unique<Device>(name));
  }
  console.Boot();  // bug: deadlock
  std::printf("%d devices ready\n", console.Halt());
}

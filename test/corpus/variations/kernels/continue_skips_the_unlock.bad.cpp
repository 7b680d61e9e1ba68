// What: A sweeper locks each device and goes on to the next one without unlocking when the device is busy.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <list>

struct Device {
  heddle::Mutex mu;
  bool busy = false;
  bool deleted = false;
};

class DeviceSet {
 public:
  Device& Add(bool busy) {
    Device& device = devices_.emplace_back();
    device.busy = busy;
    return device;
  }

  void Sweep() {
    for (Device& device : devices_) {
      device.mu.Lock();  // bug: missing-unlock, deadlock
      if (device.busy) continue;  // bug: missing-unlock, deadlock
      device.deleted = true;
      device.mu.Unlock();
    }
  }

  int CountDeleted() {
    int count = 0;
    for (Device& device : devices_) {
      device.mu.Lock();  // bug: deadlock, double-lock, missing-unlock
      count += device.deleted;
      device.mu.Unlock();
    }
    return count;
  }

 private:
  std::list<Device> devices_;
};

int main() {
  DeviceSet devices;
  devices.Add(false);
  devices.Add(true);
  heddle::WaitGroup sweeper;
  sweeper.Go([&devices] { devices.Sweep(); });
  sweeper.Wait();
  std::printf("%d deleted\n", devices.CountDeleted());
}

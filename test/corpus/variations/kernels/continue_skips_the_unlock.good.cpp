// What: A sweeper locks each device for one turn of its loop.
// Run: clean
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
      heddle::MutexLock lock(device.mu);
      if (device.busy) continue;
      device.deleted = true;
    }
  }

  int CountDeleted() {
    int count = 0;
    for (Device& device : devices_) {
      device.mu.Lock();
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

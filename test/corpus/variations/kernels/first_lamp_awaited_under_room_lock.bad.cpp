// What: A room's dimmer waits for the first lamp on a semaphore with the room's lock held; plugging a lamp in needs that lock before it can release the semaphore.
// Run: hang-some
#include <cstdio>
#include <map>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>

class Room {
 public:
  void PlugIn(const std::string& lamp) {
    std::lock_guard<std::mutex> guard(mu_);  // bug: blocking-under-lock, deadlock
    const bool first = levels_.empty();
    levels_[lamp] = 0;
    if (first) plugged_.release();
  }

  // Raises the level of every lamp; a dark room first waits for a lamp.
  void Brighten(int by) {
    std::unique_lock<std::mutex> lock(mu_);  // bug: blocking-under-lock, deadlock
    if (levels_.empty()) AwaitLamp();  // bug: blocking-under-lock, deadlock
    for (auto& [lamp, level] : levels_) level += by;
  }

  int Level(const std::string& lamp) {
    std::lock_guard<std::mutex> guard(mu_);
    return levels_[lamp];
  }

 private:
  void AwaitLamp() {
    plugged_.acquire();  // bug: blocking-under-lock, deadlock
  }

  std::mutex mu_;
  std::map<std::string, int> levels_;
  std::binary_semaphore plugged_{0};
};

class Dimmer {
 public:
  explicit Dimmer(Room& room) : room_(room) {
    thread_ = std::thread(&Dimmer::Run, this);  // bug: deadlock
  }
  ~Dimmer() { thread_.join(); }  // bug: deadlock
  Dimmer(const Dimmer&) = delete;
  Dimmer& operator=(const Dimmer&) = delete;

 private:
  void Run() {
    for (int step = 0; step < 10; ++step) room_.Brighten(5);
  }

  Room& room_;
  std::thread thread_;
};

int main() {
  Room room;
  {
    Dimmer dimmer(room);
    room.PlugIn("desk");  // bug: blocking-under-lock, deadlock
    room.PlugIn("shelf");
  }
  std::printf("desk at %d\n", room.Level("desk"));
}

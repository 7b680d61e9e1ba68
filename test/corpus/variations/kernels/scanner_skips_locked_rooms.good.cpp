// What: A fire scanner counts every room and marks it done when its task ends, locked or not.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

enum class Door { kOpen, kAjar, kLocked };

struct Room {
  int number;
  Door door;
};

class FireScanner {
 public:
  using Measure = std::function<int(const Room&)>;
  explicit FireScanner(Measure measure) : measure_(std::move(measure)) {}

  void Scan(const std::vector<Room>& rooms) {
    for (const Room& room : rooms) {
      left_.Add(1);
      heddle::go([this, room] { ScanRoom(room); });
    }
    left_.Wait();
  }

  int hottest() const { return hottest_.load(); }

 private:
  void ScanRoom(const Room& room) {
    HEDDLE_DEFER(left_.Done());
    switch (room.door) {
      case Door::kLocked:
        std::printf("room %d is locked\n", room.number);
        return;
      case Door::kAjar:
      case Door::kOpen:
        Record(measure_(room));
        break;
    }
  }

  void Record(int degrees) {
    int seen = hottest_.load();
    while (seen < degrees && !hottest_.compare_exchange_weak(seen, degrees)) {
    }
  }

  Measure measure_;
  heddle::WaitGroup left_;
  std::atomic<int> hottest_{0};
};

int main() {
  FireScanner scanner([](const Room& room) { return 18 + room.number % 5; });
  scanner.Scan({{101, Door::kOpen}, {102, Door::kLocked}, {103, Door::kAjar}});
  std::printf("%d degrees\n", scanner.hottest());
}

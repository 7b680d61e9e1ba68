// What: A museum starts a guide per room and waits for them on every way out, also when a room is closed.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class Museum {
 public:
  void Open(const std::string& room, int exhibits) { rooms_[room] = exhibits; }

  // The exhibits of all `rooms`, seen at the same time.
  std::optional<int> Tour(const std::vector<std::string>& rooms) const {
    std::atomic<int> seen{0};
    heddle::WaitGroup guides;
    HEDDLE_DEFER(guides.Wait());
    for (const std::string& room : rooms) {
      auto it = rooms_.find(room);
      if (it == rooms_.end()) {
        std::printf("%s is closed\n", room.c_str());
        return std::nullopt;
      }
      guides.Go([&seen, exhibits = it->second] {
        for (int i = 0; i < exhibits; ++i) {
          heddle::Yield();
          ++seen;
        }
      });
    }
    guides.Wait();
    return seen.load();
  }

 private:
  std::map<std::string, int> rooms_;
};

int main() {
  Museum museum;
  museum.Open("stones", 12);
  museum.Open("masks", 30);
  std::vector<std::vector<std::string>> plans{{"stones", "masks"}, {"masks", "coins"}};
  for (const auto& plan : plans) {
    std::optional<int> seen = museum.Tour(plan);
    std::printf("%d exhibits\n", seen.value_or(0));
  }
}

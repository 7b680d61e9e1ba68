// What: A museum starts a guide per room and waits for them at its end; a room that is closed makes it return before that, with guides still using its locals.
// Run: lost-work
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
    std::atomic<int> seen{0};  // bug: dangling-capture
    heddle::WaitGroup guides;  // bug: missing-wait, dangling-capture
    for (const std::string& room : rooms) {
      auto it = rooms_.find(room);
      if (it == rooms_.end()) {
        std::printf("%s is closed\n", room.c_str());
        return std::nullopt;  // bug: missing-wait, unawaited-task, dangling-capture
      }
      guides.Go([&seen, exhibits = it->second] {  // bug: missing-wait, unawaited-task, dangling-capture
        for (int i = 0; i < exhibits; ++i) {
          heddle::Yield();
          ++seen;  // bug: dangling-capture
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
    std::optional<int> seen = museum.Tour(plan);  // bug: missing-wait, dangling-capture
    std::printf("%d exhibits\n", seen.value_or(0));
  }
}

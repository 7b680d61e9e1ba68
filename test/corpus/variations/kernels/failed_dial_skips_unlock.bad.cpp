// What: A relay looks every packet's sender up under its table's lock and goes on with the next packet when it cannot reach the sender, with the lock still held.
// Run: deadlock
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

struct Packet {
  std::string from;
  std::string text;
};

class Relay {
 public:
  using Dial = std::function<std::optional<int>(const std::string&)>;  // a line's number, if any

  explicit Relay(Dial dial) : dial_(std::move(dial)) {}

  void Run(const std::vector<Packet>& packets) {
    for (const Packet& packet : packets) {
      mu_.lock();  // bug: missing-unlock, double-lock, deadlock
      auto it = lines_.find(packet.from);
      if (it == lines_.end()) {
        std::optional<int> line = dial_(packet.from);
        if (!line) {
          std::printf("cannot reach %s\n", packet.from.c_str());
          continue;  // bug: missing-unlock, double-lock, deadlock
        }
        it = lines_.emplace(packet.from, *line).first;
      }
      const int line = it->second;
      mu_.unlock();
      std::printf("line %d: %s\n", line, packet.text.c_str());
    }
  }

  void HangUp(const std::string& from) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: missing-unlock, deadlock
    lines_.erase(from);
  }

 private:
  Dial dial_;
  std::mutex mu_;
  std::map<std::string, int> lines_;
};

int main() {
  Relay relay([last = 0](const std::string& from) mutable -> std::optional<int> {
    if (from.starts_with("10.")) return std::nullopt;
    return ++last;
  });
  std::thread reader([&] {
    relay.Run({{"hill", "hello"}, {"10.0.0.7", "hello"}, {"hill", "bye"}});  // bug: missing-unlock, double-lock, deadlock
  });
  std::thread sweeper([&] { relay.HangUp("hill"); });
  reader.join();
  sweeper.join();
}

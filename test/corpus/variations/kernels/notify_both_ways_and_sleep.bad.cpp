// What: A notifier delivers by mail and by text in two tasks, and its caller sleeps for a moment in place of a wait.
// Run: lost-work
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

class Notifier {
 public:
  using Transport = std::function<void(const std::string&)>;
  void Use(Transport transport) { transports_.push_back(std::move(transport)); }
  void Notify(const std::string& text) {
    for (const Transport& transport : transports_) {
      heddle::go(transport, text);  // bug: sleep-as-sync, unawaited-task
    }
  }

 private:
  std::vector<Transport> transports_;
};

int main() {
  Notifier notifier;
  notifier.Use([](const std::string& text) { std::printf("mail: %s\n", text.c_str()); });
  notifier.Use([](const std::string& text) { std::printf("text: %s\n", text.c_str()); });
  notifier.Notify("your parcel is here");  // bug: sleep-as-sync, unawaited-task
  heddle::Sleep(20ms);  // bug: sleep-as-sync, unawaited-task
}

// What: A notifier delivers by mail and by text in two tasks and its destructor waits for them.
// Run: clean
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
  ~Notifier() { deliveries_.Wait(); }
  void Use(Transport transport) { transports_.push_back(std::move(transport)); }
  void Notify(const std::string& text) {
    for (const Transport& transport : transports_) {
      deliveries_.Go(transport, text);
    }
  }

 private:
  std::vector<Transport> transports_;
  heddle::WaitGroup deliveries_;
};

int main() {
  Notifier notifier;
  notifier.Use([](const std::string& text) { std::printf("mail: %s\n", text.c_str()); });
  notifier.Use([](const std::string& text) { std::printf("text: %s\n", text.c_str()); });
  notifier.Notify("your parcel is here");
}

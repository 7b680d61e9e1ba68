// Loops by an iterator, from either end, run what a container holds.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

class Theatre {
 public:
  void OnClose(std::function<void()> action) {
    actions_.push_back(std::move(action));
  }
  void Close() {
    for (auto at = actions_.rbegin(); at != actions_.rend(); ++at) (*at)();
  }

 private:
  std::vector<std::function<void()>> actions_;
};

int main() {
  heddle::Channel<int> seats(4);
  Theatre theatre;
  theatre.OnClose([seats] { seats.Close(); });  // want: double-close ""
  theatre.OnClose([seats] { seats.Close(); });  // note: ""
  theatre.Close();
}

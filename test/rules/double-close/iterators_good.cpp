// Loops by an iterator: each element has its turn once, and a range that one of
// them closes ends.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <list>
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

struct Desk {
  heddle::Channel<int> tickets{1};
};

void CloseAll(std::vector<std::unique_ptr<Desk>>& desks) {
  for (auto desk = desks.begin(); desk != desks.end(); desk++)
    (*desk)->tickets.Close();
}

// The one before, and one that is given up: no turn of a loop.
int Pick(std::list<int>& queue) {
  auto first = queue.begin();
  if (first == queue.end()) return 0;
  auto next = first;
  ++next;
  int n = *first;
  queue.erase(first);
  return n;
}

int main() {
  heddle::Channel<int> seats(4);
  Theatre theatre;
  heddle::WaitGroup usher;
  usher.Go([seats] {
    for (int& seat : seats) (void)seat;
  });
  theatre.OnClose([seats] { seats.Close(); });
  std::vector<std::unique_ptr<Desk>> desks;
  for (int i = 0; i < 3; ++i) desks.push_back(std::make_unique<Desk>());
  CloseAll(desks);
  std::list<int> queue{1, 2};
  Pick(queue);
  theatre.Close();
  usher.Wait();
}

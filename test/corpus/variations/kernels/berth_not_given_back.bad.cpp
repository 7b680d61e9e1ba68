// What: A harbour lets ships in with a semaphore of two berths; a ship whose papers are not in order leaves without giving its berth back.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct Ship {
  std::string name;
  bool papers = true;
};

class Harbour {
 public:
  using Inspector = std::function<bool(const Ship&)>;

  Harbour(int berths, Inspector inspector)
      : berths_(berths), inspector_(std::move(inspector)) {}

  bool Visit(const Ship& ship) {
    berths_.Acquire();  // bug: deadlock, missing-unlock, leaked-task
    if (!inspector_(ship)) {
      std::printf("%s is sent away\n", ship.name.c_str());
      return false;  // bug: deadlock, missing-unlock
    }
    Unload(ship);
    berths_.Release();  // bug: deadlock, missing-unlock
    return true;
  }

 private:
  void Unload(const Ship& ship) {
    heddle::Yield();
    std::printf("%s is unloaded\n", ship.name.c_str());
  }

  heddle::Semaphore berths_;
  Inspector inspector_;
};

int main() {
  Harbour harbour(2, [](const Ship& ship) { return ship.papers; });
  const std::vector<Ship> ships{{"lady ann", true}, {"swift", false}, {"tern", true}, {"gull", false}};
  heddle::WaitGroup captains;
  for (int voyage = 0; voyage < 2; ++voyage) {
    for (const Ship& ship : ships) captains.Go([&harbour, &ship] { harbour.Visit(ship); });  // bug: deadlock, leaked-task
    captains.Wait();  // bug: deadlock
  }
}

// What: A beacon's thread is detached and blinks until the process ends; all that it touches lives as long as that.
// Run: clean
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

using namespace std::chrono_literals;

namespace {

// Never destroyed: the beacon may blink while the statics of the program go away.
struct State {
  std::mutex mu;
  std::condition_variable blinked;
  int blinks = 0;
  std::function<void()> lamp = [] {};
};

State& TheState() {
  static State* const state = new State;
  return *state;
}

void Blink() {
  State& state = TheState();
  for (;;) {
    std::function<void()> lamp;
    {
      std::lock_guard<std::mutex> lock(state.mu);
      ++state.blinks;
      lamp = state.lamp;
    }
    state.blinked.notify_all();
    lamp();
    std::this_thread::sleep_for(200us);
  }
}

class Beacon {
 public:
  Beacon() {
    static std::once_flag started;
    std::call_once(started, [] { std::thread(Blink).detach(); });
  }

  void AwaitBlinks(int count) {
    State& state = TheState();
    std::unique_lock<std::mutex> lock(state.mu);
    const int until = state.blinks + count;
    state.blinked.wait(lock, [&] { return state.blinks >= until; });
  }
};

}  // namespace

int main() {
  std::thread ships[2];
  for (std::thread& ship : ships) {
    ship = std::thread([] {
      Beacon beacon;
      beacon.AwaitBlinks(3);
    });
  }
  for (std::thread& ship : ships) ship.join();
  std::printf("seen\n");
}

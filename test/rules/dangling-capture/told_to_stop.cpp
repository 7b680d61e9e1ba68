// RUN: %expect %s
// A flag that the task only looks at tells its starter nothing.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;

std::string Dig(int metre);

class Mine {
 public:
  // The miner may still be at his last metre.
  std::string Haul(int depth) {
    std::vector<std::string> ore;  // note: "'ore' is declared here"
    std::atomic<bool> whistle{false};
    heddle::Channel<heddle::Unit> up(1);
    heddle::go([&ore, &whistle, depth, up] {  // want: dangling-capture "the task uses 'ore'"
      for (int metre = 0; metre < depth && !whistle; ++metre) ore.push_back(Dig(metre));
      up.Send({});
    });
    if (heddle::Select(heddle::OnRecv(up), heddle::OnTimeout(5ms)) == 1) {
      whistle = true;
      return "shift over";
    }
    return ore.empty() ? "dust" : ore.front();
  }

  // The flag is the mine's, and looked at by others too.
  bool Probe() {
    std::string rock;
    heddle::Channel<heddle::Unit> up(1);
    heddle::go([this, &rock, up] {  // want: dangling-capture "the task uses 'rock'"
      if (!closed_.load()) rock = Dig(1);
      up.Close();
    });
    if (closed_.load()) return false;
    up.Recv();
    return !rock.empty();
  }

  // It waits for the miner to have heard.
  std::string HaulAll(int depth) {
    std::vector<std::string> ore;
    std::atomic<bool> whistle{false};
    heddle::Channel<heddle::Unit> up(1);
    heddle::go([&ore, &whistle, depth, up] {
      for (int metre = 0; metre < depth && !whistle; ++metre) ore.push_back(Dig(metre));
      up.Send({});
    });
    if (heddle::Select(heddle::OnRecv(up), heddle::OnTimeout(5ms)) == 1) {
      whistle = true;
      up.Recv();
      return "shift over";
    }
    return ore.empty() ? "dust" : ore.front();
  }

  // The miner answers by the flag.
  std::string Echo() {
    std::string rock;
    std::atomic<int> state{0};
    heddle::go([&rock, &state] {
      if (state == 1) return;
      rock = Dig(1);
      state.store(2);
    });
    while (state.load() != 2) heddle::Yield();
    return rock;
  }

 private:
  std::atomic<bool> closed_{false};
};

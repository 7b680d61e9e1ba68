// What: A kitchen has two stoves, kept as tokens in a channel; a stove is given back on every way out, also when the dish is sold out.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

enum class Outcome { kServed, kSoldOut };

class Stoves {
 public:
  explicit Stoves(std::size_t count) : busy_(count) {}
  void Take() { busy_.Send({}); }
  void Give() { busy_.Recv(); }

 private:
  heddle::Channel<heddle::Unit> busy_;
};

class Kitchen {
 public:
  explicit Kitchen(std::map<std::string, int> larder) : larder_(std::move(larder)) {}

  Outcome Cook(const std::string& dish) {
    stoves_.Take();
    HEDDLE_DEFER(stoves_.Give());
    if (!TakePortion(dish)) return Outcome::kSoldOut;
    heddle::Yield();  // it cooks
    return Outcome::kServed;
  }

 private:
  bool TakePortion(const std::string& dish) {
    heddle::MutexLock lock(mu_);
    auto it = larder_.find(dish);
    if (it == larder_.end() || it->second == 0) return false;
    --it->second;
    return true;
  }

  Stoves stoves_{2};
  heddle::Mutex mu_;
  std::map<std::string, int> larder_;
};

int main() {
  Kitchen kitchen({{"soup", 3}, {"pie", 1}});
  heddle::WaitGroup guests;
  for (const char* dish : {"soup", "pie", "pie", "soup", "pie", "cake", "soup"}) {
    guests.Go([&kitchen, dish] {
      const bool served = kitchen.Cook(dish) == Outcome::kServed;
      std::printf("%s %s\n", dish, served ? "served" : "sold out");
    });
  }
  guests.Wait();
}

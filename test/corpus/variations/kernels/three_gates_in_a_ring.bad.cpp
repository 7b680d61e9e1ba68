// What: A pump at each corner of a ring of basins locks its own basin and then the next one; with a pump at work at every corner, each waits for the next.
// Run: hang-some
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

struct Basin {
  explicit Basin(int litres) : litres(litres) {}
  std::mutex mu;
  int litres;
};

class Ring {
 public:
  Ring(std::size_t basins, int litres) {
    for (std::size_t i = 0; i < basins; ++i) basins_.push_back(std::make_unique<Basin>(litres));
  }

  std::size_t size() const { return basins_.size(); }

  // Moves water from basin `from` to the next one.
  void Pump(std::size_t from, int litres) {
    const std::size_t to = (from + 1) % basins_.size();
    std::lock_guard<std::mutex> own(basins_[from]->mu);  // bug: lock-order, deadlock
    std::lock_guard<std::mutex> next(basins_[to]->mu);  // bug: lock-order, deadlock
    const int moved = std::min(litres, basins_[from]->litres);
    basins_[from]->litres -= moved;
    basins_[to]->litres += moved;
  }

  int Total() {
    int total = 0;
    for (const auto& basin : basins_) {
      std::lock_guard<std::mutex> lock(basin->mu);
      total += basin->litres;
    }
    return total;
  }

 private:
  std::vector<std::unique_ptr<Basin>> basins_;
};

int main() {
  Ring ring(3, 100);
  std::vector<std::thread> pumps;
  for (std::size_t corner = 0; corner < ring.size(); ++corner) {
    pumps.emplace_back([&ring, corner] {  // bug: lock-order, deadlock
      for (int i = 0; i < 200000; ++i) ring.Pump(corner, 5);  // bug: lock-order, deadlock
    });
  }
  for (std::thread& pump : pumps) pump.join();  // bug: deadlock
  std::printf("%d litres\n", ring.Total());
}

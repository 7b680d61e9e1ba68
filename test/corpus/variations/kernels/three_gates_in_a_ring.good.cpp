// What: A pump at each corner of a ring of basins locks its own basin and the next one, the lower number first.
// Run: clean
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
    std::lock_guard<std::mutex> low(basins_[std::min(from, to)]->mu);
    std::lock_guard<std::mutex> high(basins_[std::max(from, to)]->mu);
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
    pumps.emplace_back([&ring, corner] {
      for (int i = 0; i < 200000; ++i) ring.Pump(corner, 5);
    });
  }
  for (std::thread& pump : pumps) pump.join();
  std::printf("%d litres\n", ring.Total());
}

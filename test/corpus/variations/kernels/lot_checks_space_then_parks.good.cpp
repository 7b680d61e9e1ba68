// What: A parking lot tries to drive in and is told at once when there is no place.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Lot {
 public:
  explicit Lot(std::size_t places) : cars_(places) {}

  bool Park(std::string plate) {
    Photograph(plate);
    return cars_.TrySend(plate);
  }

  // Empties the lot at the end of the day.
  std::vector<std::string> TowAll() {
    std::vector<std::string> towed;
    cars_.Close();
    for (std::string& plate : cars_) towed.push_back(std::move(plate));
    return towed;
  }

 private:
  static void Photograph(const std::string& plate) {
    if (!plate.empty()) heddle::Yield();
  }

  heddle::Channel<std::string> cars_;
};

class Street {
 public:
  void Drive(Lot& lot, int cars) {
    for (int car = 0; car < cars; ++car) {
      drivers_.Go([this, &lot, car] {
        const bool parked = lot.Park("car " + std::to_string(car));
        heddle::MutexLock lock(mu_);
        ++(parked ? parked_ : turned_away_);
      });
    }
    drivers_.Wait();
    std::printf("%d parked, %d turned away\n", parked_, turned_away_);
  }

 private:
  heddle::WaitGroup drivers_;
  heddle::Mutex mu_;
  int parked_ = 0;
  int turned_away_ = 0;
};

int main() {
  Lot lot(3);
  Street street;
  street.Drive(lot, 5);
  std::printf("%zu towed\n", lot.TowAll().size());
}

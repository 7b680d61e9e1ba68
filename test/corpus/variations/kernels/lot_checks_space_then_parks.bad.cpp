// What: A parking lot looks for a free place and then drives in; two drivers see the last free place and the second waits in the entrance for ever.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Lot {
 public:
  explicit Lot(std::size_t places) : cars_(places) {}

  bool Park(std::string plate) {
    if (!HasSpace()) return false;  // bug: check-then-act, deadlock, leaked-task
    Photograph(plate);
    cars_.Send(std::move(plate));  // bug: check-then-act, deadlock, leaked-task
    return true;
  }

  // Empties the lot at the end of the day.
  std::vector<std::string> TowAll() {
    std::vector<std::string> towed;
    cars_.Close();
    for (std::string& plate : cars_) towed.push_back(std::move(plate));
    return towed;
  }

 private:
  bool HasSpace() const { return cars_.Len() < cars_.Cap(); }  // bug: check-then-act, deadlock

  static void Photograph(const std::string& plate) {
    if (!plate.empty()) heddle::Yield();
  }

  heddle::Channel<std::string> cars_;
};

class Street {
 public:
  void Drive(Lot& lot, int cars) {
    for (int car = 0; car < cars; ++car) {
      drivers_.Go([this, &lot, car] {  // bug: leaked-task
        const bool parked = lot.Park("car " + std::to_string(car));  // bug: deadlock, leaked-task
        heddle::MutexLock lock(mu_);
        ++(parked ? parked_ : turned_away_);
      });
    }
    drivers_.Wait();  // bug: deadlock
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

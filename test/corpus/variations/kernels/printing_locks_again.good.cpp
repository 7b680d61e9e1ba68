// What: A seat map logs itself after it has dropped its shared lock; the output operator takes the only shared lock.
// Run: clean
#include <heddle/heddle.h>

#include <iostream>
#include <map>
#include <sstream>
#include <string>

class SeatMap {
 public:
  explicit SeatMap(std::ostream& log) : log_(log) {}

  // Gives `guest` the first free seat from `wanted` on.
  int Reserve(int wanted, const std::string& guest) {
    int seat = wanted;
    mu_.RLock();
    while (guests_.contains(seat)) ++seat;
    mu_.RUnlock();
    Trace(seat);

    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    while (guests_.contains(seat)) ++seat;
    guests_[seat] = guest;
    return seat;
  }

  friend std::ostream& operator<<(std::ostream& out, SeatMap& seats) {
    heddle::ReaderLock lock(seats.mu_);
    return out << seats.SummaryLocked();
  }

 private:
  void Trace(int seat) {
    std::ostringstream line;
    line << "seat " << seat << " of " << *this << '\n';
    heddle::MutexLock lock(log_mu_);
    log_ << line.str();
  }

  std::string SummaryLocked() const { return std::to_string(guests_.size()) + " taken"; }

  heddle::RWMutex mu_;
  std::map<int, std::string> guests_;
  heddle::Mutex log_mu_;
  std::ostream& log_;
};

// Lets `count` guests look for a seat at the same time.
void ReserveTogether(SeatMap& seats, int count) {
  heddle::WaitGroup guests;
  for (int guest = 0; guest < count; ++guest) {
    guests.Go([&seats, guest] {
      for (int trip = 0; trip < 100; ++trip) seats.Reserve(guest, "guest");
    });
  }
  guests.Wait();
}

int main() {
  std::ostringstream log;
  SeatMap seats(log);
  ReserveTogether(seats, 4);
  std::cout << seats << '\n';
}

// What: A seat map logs itself while it is locked shared; the output operator takes that shared lock again, behind a task that wants to reserve the seat.
// Run: hang-some
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
    mu_.RLock();  // bug: double-lock, deadlock
    while (guests_.contains(seat)) ++seat;
    Trace(seat);  // bug: double-lock, deadlock
    mu_.RUnlock();

    mu_.Lock();  // bug: double-lock, deadlock
    HEDDLE_DEFER(mu_.Unlock());
    while (guests_.contains(seat)) ++seat;
    guests_[seat] = guest;
    return seat;
  }

  friend std::ostream& operator<<(std::ostream& out, SeatMap& seats) {
    heddle::ReaderLock lock(seats.mu_);  // bug: double-lock, deadlock
    return out << seats.SummaryLocked();
  }

 private:
  void Trace(int seat) {
    std::ostringstream line;
    line << "seat " << seat << " of " << *this << '\n';  // bug: double-lock, deadlock
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

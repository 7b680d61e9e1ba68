// What: A booking locks its hall and returns an error, with the hall still locked, when the evening is taken; the next booking waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

class Hall {
 public:
  explicit Hall(int seats) : seats_(seats) {}

  heddle::Error Book(int evening, const std::string& band, int guests) {
    mu_.Lock();  // bug: missing-unlock, deadlock, double-lock
    if (heddle::Error error = Check(evening, guests)) return error;  // bug: missing-unlock, deadlock
    evenings_.emplace(evening, band);
    mu_.Unlock();
    return std::nullopt;
  }

  std::size_t Booked() {
    heddle::MutexLock lock(mu_);
    return evenings_.size();
  }

 private:
  heddle::Error Check(int evening, int guests) const {
    if (guests > seats_) return "not enough seats";
    if (evenings_.contains(evening)) return "taken";
    return std::nullopt;
  }

  const int seats_;
  heddle::Mutex mu_;
  std::map<int, std::string> evenings_;
};

class Agency {
 public:
  explicit Agency(Hall& hall) : hall_(hall) {}

  // The first evening on which `band` can play, if any.
  std::optional<int> FindEvening(const std::string& band) {
    for (int evening = 1; evening <= 7; ++evening) {
      if (!hall_.Book(evening, band, 80)) return evening;  // bug: missing-unlock, deadlock, double-lock
    }
    return std::nullopt;
  }

 private:
  Hall& hall_;
};

int main() {
  Hall hall(100);
  Agency agency(hall);
  heddle::TaskGroup bands;
  for (const char* band : {"the gulls", "low tide", "brass and co"}) {
    bands.Go([&agency, band]() -> heddle::Error {
      if (!agency.FindEvening(band)) return std::string(band) + " cannot play";
      return std::nullopt;
    });
  }
  heddle::Error error = bands.Wait();  // bug: deadlock
  std::printf("%zu evenings, %s\n", hall.Booked(), error.value_or("all can play").c_str());
}

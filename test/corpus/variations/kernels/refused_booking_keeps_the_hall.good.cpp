// What: A booking locks its hall with a scoped guard, so it lets go of it also when it returns an error because the evening is taken.
// Run: clean
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
    heddle::MutexLock lock(mu_);
    if (heddle::Error error = Check(evening, guests)) return error;
    evenings_.emplace(evening, band);
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
      if (!hall_.Book(evening, band, 80)) return evening;
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
  heddle::Error error = bands.Wait();
  std::printf("%zu evenings, %s\n", hall.Booked(), error.value_or("all can play").c_str());
}

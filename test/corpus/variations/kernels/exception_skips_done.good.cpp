// What: A converter's task defers its Done, so that it runs when an unknown unit throws, and catches that.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

class Converter {
 public:
  double ToMetres(const std::string& unit, double amount) const {
    return factors_.at(unit) * amount;
  }

 private:
  const std::map<std::string, double> factors_ = {{"km", 1000.0}, {"mile", 1609.3}, {"yard", 0.9}};
};

struct Length {
  std::string unit;
  double amount;
};

class Batch {
 public:
  explicit Batch(const Converter& converter) : converter_(converter) {}

  void Add(const Length& length) {
    pending_.Add(1);
    heddle::go([this, length] { Convert(length); });
  }

  double Sum() {
    pending_.Wait();
    heddle::MutexLock lock(mu_);
    return sum_;
  }

 private:
  void Convert(const Length& length) {
    HEDDLE_DEFER(pending_.Done());
    try {
      const double metres = converter_.ToMetres(length.unit, length.amount);
      heddle::MutexLock lock(mu_);
      sum_ += metres;
    } catch (const std::out_of_range&) {
      std::printf("unknown unit %s\n", length.unit.c_str());
    }
  }

  const Converter& converter_;
  heddle::WaitGroup pending_;
  heddle::Mutex mu_;
  double sum_ = 0;
};

int main() {
  const Converter converter;
  Batch batch(converter);
  const std::vector<Length> lengths = {{"km", 1}, {"mile", 2}, {"furlong", 3}};
  for (const Length& length : lengths) batch.Add(length);
  std::printf("%.1f metres\n", batch.Sum());
}

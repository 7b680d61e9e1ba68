// What: A converter's task throws for a unit that it does not know, before its Done, which is the last statement; the wait for all tasks never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

class Converter {
 public:
  double ToMetres(const std::string& unit, double amount) const {
    return factors_.at(unit) * amount;  // bug: missing-done, done-not-deferred
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
    pending_.Add(1);  // bug: missing-done, counter-mismatch
    heddle::go([this, length] { Convert(length); });  // bug: missing-done
  }

  double Sum() {
    pending_.Wait();  // bug: missing-done, deadlock, counter-mismatch
    heddle::MutexLock lock(mu_);
    return sum_;
  }

 private:
  void Convert(const Length& length) {
    const double metres = converter_.ToMetres(length.unit, length.amount);  // bug: missing-done, done-not-deferred
    {
      heddle::MutexLock lock(mu_);
      sum_ += metres;
    }
    pending_.Done();  // bug: missing-done, done-not-deferred
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

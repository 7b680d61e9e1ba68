// RUN: %expect %s
// What the task asks is not seen, and is the caller's as well: it may take as
// long as it likes, and comes back at the latest when nobody else goes on.
#include <heddle/heddle.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

class Sensor {
 public:
  virtual ~Sensor() = default;
  virtual double Read(int channel) = 0;
};

class Thermometer {
 public:
  explicit Thermometer(std::shared_ptr<Sensor> sensor) : sensor_(std::move(sensor)) {}

  double Degrees(std::chrono::milliseconds patience) {
    heddle::Channel<double> degrees;
    heddle::go([sensor = sensor_, degrees] { degrees.Send(sensor->Read(3)); });  // want: leaked-task "nothing receives after"
    double now = last_;
    heddle::Select(heddle::OnRecv(degrees, [&](std::optional<double> d) { now = d.value_or(now); }),
                   heddle::OnTimeout(patience, [] {}));
    return now;
  }

 private:
  const std::shared_ptr<Sensor> sensor_;
  double last_ = 0;
};

struct Parcel;
std::string Weigh(const Parcel& parcel);

std::string WeighInTime(const Parcel& parcel, std::chrono::seconds limit) {
  heddle::Channel<std::string> weight;
  heddle::go([&parcel, weight] {
    std::string grams = Weigh(parcel);
    weight.Send(grams);  // want: leaked-task "nothing receives after"
  });
  std::string out;
  heddle::Select(heddle::OnRecv(weight, [&](std::optional<std::string> w) { out = *w; }),
                 heddle::OnTimeout(limit, [] {}));
  return out;
}

// What: Tracking a parcel returns a channel with room for its outcome; when the parcel is not known the outcome is put there before the channel is returned.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

class Carrier {
 public:
  virtual ~Carrier() = default;
  // What is wrong with `parcel`, if anything.
  virtual std::optional<std::string> Check(int parcel) const = 0;
  virtual std::string Deliver(int parcel) = 0;
};

class BikeCarrier : public Carrier {
 public:
  std::optional<std::string> Check(int parcel) const override {
    if (parcel > 100) return "too heavy for a bike";
    return std::nullopt;
  }
  std::string Deliver(int parcel) override { return "delivered " + std::to_string(parcel); }
};

class Desk {
 public:
  explicit Desk(std::unique_ptr<Carrier> carrier) : carrier_(std::move(carrier)) {}

  // The channel gives the outcome once there is one.
  heddle::RecvChannel<std::string> Track(int parcel) {
    heddle::Channel<std::string> outcome(1);
    if (std::optional<std::string> error = carrier_->Check(parcel)) {
      outcome.Send(*error);
      return outcome;
    }
    deliveries_.Go([this, parcel, outcome] { outcome.Send(carrier_->Deliver(parcel)); });
    return outcome;
  }

  void Wait() { deliveries_.Wait(); }

 private:
  std::unique_ptr<Carrier> carrier_;
  heddle::WaitGroup deliveries_;
};

int main() {
  Desk desk(std::make_unique<BikeCarrier>());
  for (int parcel : {7, 80, 300}) {
    heddle::RecvChannel<std::string> outcome = desk.Track(parcel);
    std::printf("%s\n", outcome.Recv().value_or("").c_str());
  }
  desk.Wait();
}

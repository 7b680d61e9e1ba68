// RUN: %expect %s
// As made_by_library.cpp, with somebody who receives.
#include <heddle/heddle.h>

#include <memory>
#include <string>

template <class Reading>
class Gauge {
 public:
  explicit Gauge(Reading first) {
    heddle::go([this, first] { out_.Send(first); });
  }
  heddle::Channel<Reading> out_;
};

void Unique() {
  auto gauge = std::make_unique<Gauge<int>>(1);
  gauge->out_.Recv();
}
void Shared() {
  auto gauge = std::make_shared<Gauge<long>>(1);
  heddle::go([gauge] { gauge->out_.Recv(); });
}

class Probe {
 public:
  explicit Probe(std::string name) : name_(std::move(name)) {}
  template <class OnReading>
  explicit Probe(OnReading on_reading) {
    heddle::go([this, on_reading] {
      on_reading(1);
      done_.Send({});
    });
  }
  // Only who has a callback waits.
  void Wait() { done_.Recv(); }

 private:
  std::string name_;
  heddle::Channel<heddle::Unit> done_;
};

void Called() {
  auto probe = std::make_unique<Probe>([](int) {});
  probe->Wait();
}
void Named() { auto probe = std::make_unique<Probe>(std::string("east")); }

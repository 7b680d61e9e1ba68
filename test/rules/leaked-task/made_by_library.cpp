// RUN: %expect %s
// Only the standard library calls these constructors: of templates they exist
// because it does, and a factory's argument says which of them it is.
#include <heddle/heddle.h>

#include <list>
#include <memory>
#include <utility>

template <class Reading>
class Gauge {
 public:
  explicit Gauge(Reading least) {
    heddle::go([this, least] { least_ = in_.Recv().value_or(least); });
  }
  heddle::Channel<Reading> in_;

 private:
  Reading least_ = 0;
};

void Unique() {
  auto gauge = std::make_unique<Gauge<int>>(1);
  gauge->in_.Send(2);
  gauge->in_.Send(3);  // want: deadlock "sending on 'gauge.in_'"
}
void Shared() {
  auto gauge = std::make_shared<Gauge<long>>(1);
  gauge->in_.Send(2);
  gauge->in_.Send(3);  // want: deadlock "sending on 'gauge.in_'"
}
void InAList() {
  std::list<Gauge<short>> gauges;
  Gauge<short>& gauge = gauges.emplace_back(short{1});
  gauge.in_.Send(2);
  gauge.in_.Send(3);  // want: deadlock "sending on"
}

// Two constructors with one argument: a callback's, and one that starts nothing.
class Probe {
 public:
  explicit Probe(int readings) : readings_(readings) {}
  template <class OnReading>
  explicit Probe(OnReading on_reading) {
    heddle::go([this, on_reading] {
      on_reading(readings_);
      done_.Send({});  // want: leaked-task "sending on 'done_'"
    });
  }
  void Wait() { done_.Recv(); }

 private:
  int readings_ = 0;
  heddle::Channel<heddle::Unit> done_;
};

void Called() {
  auto probe = std::make_unique<Probe>([](int) {});
}
void Counted() { auto probe = std::make_unique<Probe>(3); }

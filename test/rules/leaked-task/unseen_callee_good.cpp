// RUN: %expect %s
// As unseen_callee.cpp: with room for the late answer; and callees that come
// back only when somebody who can still go on has done something.
#include <heddle/heddle.h>

#include <chrono>
#include <memory>
#include <optional>

class Sensor {
 public:
  virtual ~Sensor() = default;
  virtual double Read(int channel) = 0;
  virtual void Arm() = 0;
  virtual void AwaitArmed() = 0;
};

double Degrees(std::shared_ptr<Sensor> sensor, std::chrono::milliseconds patience) {
  heddle::Channel<double> degrees(1);
  heddle::go([sensor, degrees] { degrees.Send(sensor->Read(3)); });
  double now = 0;
  heddle::Select(heddle::OnRecv(degrees, [&](std::optional<double> d) { now = d.value_or(now); }),
                 heddle::OnTimeout(patience, [] {}));
  return now;
}

// The caller opens the gate once this has returned.
class Gate {
 public:
  virtual ~Gate() = default;
  virtual void Await() = 0;
};

heddle::Channel<int> Announce(std::shared_ptr<Gate> gate) {
  heddle::Channel<int> numbers(2);
  heddle::go([gate, numbers] {
    gate->Await();
    numbers.Close();
  });
  numbers.Send(1);
  numbers.Send(2);
  return numbers;
}

// The task comes back from its wait after Arm at the earliest.
int Armed(std::shared_ptr<Sensor> sensor) {
  heddle::Channel<int> readings(1);
  heddle::WaitGroup watch;
  watch.Go([sensor, readings] {
    sensor->AwaitArmed();
    readings.Close();
  });
  readings.Send(4);
  sensor->Arm();
  watch.Wait();
  return *readings.Recv();
}

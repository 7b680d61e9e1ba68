// RUN: %expect %s
// A thread that joins itself waits for its own end.
#include <atomic>
#include <functional>
#include <thread>
#include <utility>

// Rings on a thread of its own and tells who listens.
class Alarm {
 public:
  void Set(std::function<void(int)> rings) {
    rings_ = std::move(rings);
    clock_ = std::thread([this] { Run(); });
  }

  void Cancel() {
    cancelled_ = true;
    if (clock_.joinable()) clock_.join();  // want: deadlock "waits for its own end"
  }

 private:
  void Run() {
    for (int hour = 0; hour < 24 && !cancelled_; ++hour) rings_(hour);
  }

  std::function<void(int)> rings_;
  std::atomic<bool> cancelled_{false};
  std::thread clock_;
};

void Sleeper(int wakes) {
  Alarm alarm;
  std::atomic<int> heard{0};
  alarm.Set([&](int hour) {
    ++heard;
    if (hour == wakes) alarm.Cancel();
  });
  while (heard < wakes) std::this_thread::yield();
  alarm.Cancel();
}

// It looks first whether it is itself.
class Lamp {
 public:
  void Light(std::function<void(int)> dims) {
    dims_ = std::move(dims);
    wick_ = std::thread([this] { Burn(); });
  }

  void PutOut() {
    out_ = true;
    if (wick_.joinable() && wick_.get_id() != std::this_thread::get_id()) wick_.join();
  }

 private:
  void Burn() {
    for (int hour = 0; hour < 24 && !out_; ++hour) dims_(hour);
  }

  std::function<void(int)> dims_;
  std::atomic<bool> out_{false};
  std::thread wick_;
};

void Reader(int chapters) {
  Lamp lamp;
  std::atomic<int> read{0};
  lamp.Light([&](int hour) {
    ++read;
    if (hour == chapters) lamp.PutOut();
  });
  while (read < chapters) std::this_thread::yield();
  lamp.PutOut();
}

// So does this one, by asking another function.
class Kettle {
 public:
  void Boil(std::function<void(int)> steams) {
    steams_ = std::move(steams);
    fire_ = std::thread([this] { Heat(); });
  }

  void Lift() {
    lifted_ = true;
    if (!IsFire()) fire_.join();
  }

 private:
  bool IsFire() const { return fire_.get_id() == std::this_thread::get_id(); }
  void Heat() {
    for (int degree = 0; degree < 100 && !lifted_; ++degree) steams_(degree);
  }

  std::function<void(int)> steams_;
  std::atomic<bool> lifted_{false};
  std::thread fire_;
};

void Tea(int wanted) {
  Kettle kettle;
  kettle.Boil([&](int degree) {
    if (degree == wanted) kettle.Lift();
  });
  kettle.Lift();
}

int main() {
  Sleeper(7);
  Reader(3);
  Tea(80);
}

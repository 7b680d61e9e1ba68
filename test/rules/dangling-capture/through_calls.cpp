// RUN: %expect %s
#include <heddle/heddle.h>

int Measure();

class Meter {
 public:
  void Start() {
    heddle::go([this] { Run(); });  // want: dangling-capture "'meter', which may be gone"
  }
  void StartAnd(heddle::Channel<heddle::Unit> ended) {
    heddle::go([this, ended]() mutable {
      Run();
      ended.Close();
    });
  }
  int Read() const { return value_; }

 private:
  void Run() { value_ = Measure(); }  // note: "the task uses it here"
  int value_ = 0;
};

int Forgotten() {
  Meter meter;
  meter.Start();  // note: "called here"
  return 1;
}

int Awaited() {
  Meter meter;
  heddle::Channel<heddle::Unit> ended;
  meter.StartAnd(ended);
  ended.Recv();
  return meter.Read();
}

void Launch(int& sum) {
  heddle::go([&sum] { sum = Measure(); });  // want: dangling-capture "'sum'"
}

void Handed() {
  int sum = 0;
  Launch(sum);
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

int Measure();
int Measure(const std::string& name);

// After the deadline the frame is gone.
int Deadline() {
  int answer = 0;  // note: "is declared here"
  heddle::Channel<heddle::Unit> ready(1);
  heddle::go([&answer, ready]() mutable {  // want: dangling-capture "the task uses 'answer'"
    answer = Measure();  // note: "the task uses it here"
    ready.Close();
  });
  if (heddle::Select(heddle::OnRecv(ready), heddle::OnTimeout(1ms)) == 1) return -1;
  return answer;
}

// Nobody waits at all.
void Never() {
  std::string text = "hello";
  heddle::go([&] { text += "!"; });  // want: dangling-capture error "'text'"
}

// By pointer.
void ByPointer() {
  int count = 0;
  int* at = &count;
  heddle::go([at] { *at = Measure(); });  // want: dangling-capture "'count'"
}

// A lock of the frame's.
void LocalLock() {
  heddle::Mutex mu;
  heddle::go([&mu] {  // want: dangling-capture "'mu'"
    heddle::MutexLock lock(mu);
    Measure();
  });
}

// A thread that was let go of.
void Detached() {
  int sum = 0;
  std::thread adder([&sum] { sum = Measure(); });  // want: dangling-capture "'sum'"
  adder.detach();
}

void Add(int* sum) { *sum += Measure(); }
void AddTo(int& sum) { sum += Measure(); }
struct Meter {
  void Read() { last = Measure(); }
  int last = 0;
};

// Among the arguments.
void ByArgument() {
  int sum = 0;
  heddle::go(Add, &sum);  // want: dangling-capture error "task 'Add' uses 'sum'"
}
void ByStdRef() {
  int sum = 0;
  heddle::go(AddTo, std::ref(sum));  // want: dangling-capture error "task 'AddTo' uses 'sum'"
}
void ThreadByStdRef() {
  int sum = 0;
  std::thread adder(AddTo, std::ref(sum));  // want: dangling-capture "'sum'"
  adder.detach();
}
void Bound() {
  int sum = 0;
  heddle::go(std::bind(AddTo, std::ref(sum)));  // want: dangling-capture "'sum'"
}
void ByMember() {
  Meter meter;
  heddle::go(&Meter::Read, &meter);  // want: dangling-capture "'meter'"
}

// A pointer and a reference that the lambda makes.
void InitCaptures() {
  int sum = 0;
  heddle::go([at = &sum] { *at = Measure(); });  // want: dangling-capture "'sum'"
  int count = 0;
  heddle::go([&at = count] { at = Measure(); });  // want: dangling-capture "'count'"
}

// A turn's own variable is gone with the turn, whoever waits behind the loop.
void EveryTurn(int meters) {
  heddle::WaitGroup reading;
  for (int meter = 0; meter < meters; ++meter) {
    const std::string name = "meter " + std::to_string(meter);  // note: "'name' is declared here"
    reading.Go([&] { Measure(name); });  // want: dangling-capture "uses 'name'"
  }  // note: "'name' dies here"
  reading.Wait();
}
void Turn(int meters) {
  heddle::WaitGroup reading;
  for (int meter = 0; meter < meters; ++meter)
    reading.Go([&] { Measure(std::to_string(meter)); });  // want: dangling-capture "uses 'meter'"
  reading.Wait();
}
void EveryElement(const std::vector<std::string>& names) {
  heddle::WaitGroup reading;
  for (std::string name : names) reading.Go([&] { Measure(name); });  // want: dangling-capture "uses 'name'"
  reading.Wait();
}
void InnerScope(bool verbose) {
  heddle::WaitGroup reading;
  if (verbose) {
    std::string name = "main meter";
    reading.Go([&] { Measure(name); });  // want: dangling-capture "uses 'name'"
  }
  reading.Wait();
}

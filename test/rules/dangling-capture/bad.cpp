// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <string>
#include <thread>

using namespace std::chrono_literals;

int Measure();

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

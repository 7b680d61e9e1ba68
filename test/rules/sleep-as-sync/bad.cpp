// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

int total = 0;
bool ready = false;

void Add() { total += 1; }  // want: unguarded-global "'total'"
void Work();
void Count(int n) {
  for (int i = 0; i < n; ++i) heddle::Sleep(1ms);
}

// Sleeps, and reads what the task writes.
int ReadAfterSleep() {
  heddle::go(Add);
  heddle::Sleep(10ms);  // want: sleep-as-sync "a sleep stands where a wait for task 'Add' belongs"
  return total;  // note: "what the task writes is read here"
}

int DetachedThread() {
  std::thread([] { ready = true; }).detach();  // want: unguarded-global "'ready'"
  std::this_thread::sleep_for(10ms);  // want: sleep-as-sync "a wait for the task belongs"
  return ready ? 1 : 0;
}

class Meter {
 public:
  int Read() {
    heddle::go([this] { value_ = 3; });  // want: unawaited-task "nothing waits"
    heddle::Sleep(1ms);  // want: sleep-as-sync "a wait for the task"
    return value_;
  }

 private:
  int value_ = 0;
};

// Sleeps, and leaves main.
int main(int argc, char**) {
  heddle::go(Count, 3);  // want: unawaited-task "nothing waits"
  Meter meter;
  if (argc > 2) return meter.Read();
  heddle::Sleep(50ms);  // want: sleep-as-sync "a wait for task 'Count' belongs"
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

int Measure();
void Print(const std::string& text);
void DrainAll(heddle::WaitGroup* tasks);

void Waited() {
  int sum = 0;
  heddle::WaitGroup wg;
  wg.Go([&sum] { sum = Measure(); });
  wg.Wait();
}

int Received() {
  int answer = 0;
  heddle::Channel<heddle::Unit> ready;
  heddle::go([&answer, ready]() mutable {
    answer = Measure();
    ready.Close();
  });
  ready.Recv();
  return answer;
}

int Joined() {
  int answer = 0;
  std::jthread worker([&answer] { answer = Measure(); });
  return 0;
}

void Copied(std::string text) {
  heddle::go([text] { Print(text); });
  heddle::go(Print, text);
}

int Shared() {
  auto answer = std::make_shared<int>(0);
  heddle::Channel<heddle::Unit> ready(1);
  heddle::go([answer, ready]() mutable {
    *answer = Measure();
    ready.Close();
  });
  if (heddle::Select(heddle::OnRecv(ready), heddle::OnTimeout(1ms)) == 1) return -1;
  return *answer;
}

int Polled() {
  std::atomic<bool> done{false};
  int answer = 0;
  heddle::go([&] {
    answer = Measure();
    done = true;
  });
  while (!done) heddle::Yield();
  return answer;
}

// Code out of sight may wait for the task.
void OutOfSight() {
  int sum = 0;
  heddle::WaitGroup wg;
  wg.Go([&sum] { sum = Measure(); });
  DrainAll(&wg);
}

struct Reading {
  int value = 0;
  void Take() { value = Measure(); }
};
void Show(const Reading& reading) { Print(std::to_string(reading.value)); }
void ShowIt(const Reading* reading) { Print(std::to_string(reading->value)); }

// The task has copies of its arguments, whatever its parameters are.
void CopiedArguments() {
  Reading reading;
  heddle::go(Show, reading);
  heddle::go(&Reading::Take, reading);
  heddle::go([](const Reading& mine) { Show(mine); }, reading);
  heddle::go(std::bind(Show, reading));
}

// What the pointer refers to is the caller's.
void Passed(const Reading* reading) { heddle::go(ShowIt, reading); }

void WaitedInTheLoop(int meters) {
  for (int meter = 0; meter < meters; ++meter) {
    heddle::WaitGroup reading;
    std::string name = std::to_string(meter);
    reading.Go([&] { Print(name); });
    reading.Wait();
  }
}
void OutlivesTheLoop(int meters) {
  std::string name = "meters";
  heddle::WaitGroup reading;
  for (int meter = 0; meter < meters; ++meter)
    reading.Go([&name, meter] { Print(name + std::to_string(meter)); });
  reading.Wait();
}
void ElementsOutliveTheLoop(const std::vector<std::string>& names) {
  heddle::WaitGroup reading;
  for (const std::string& name : names) reading.Go([&name] { Print(name); });
  reading.Wait();
}
void WaitedAtTheEnd() {
  std::string name = "main meter";
  heddle::WaitGroup reading;
  HEDDLE_DEFER(reading.Wait());
  reading.Go([&] { Print(name); });
}

// With main everything ends.
int main() {
  int ticks = 0;
  heddle::go([&ticks] {
    for (;;) {
      heddle::Sleep(1ms);
      ++ticks;
    }
  });
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

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

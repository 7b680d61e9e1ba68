// RUN: %expect %s
#include <heddle/heddle.h>

#include <latch>
#include <string>
#include <thread>

void Print(const std::string& page);
int Measure(int page) noexcept;
void Twice(int& number) { number *= 2; }

void Deferred() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&wg] {
    HEDDLE_DEFER(wg.Done());
    Print("title");
  });
  wg.Wait();
}

void CountedByTheRuntime() {
  heddle::WaitGroup wg;
  wg.Go([] { Print("title"); });
  wg.Wait();
}

// What it says first it has said, whatever comes then.
void SaysThatItRuns() {
  heddle::WaitGroup running;
  running.Add(1);
  heddle::go([&running] {
    running.Done();
    Print("body");
  });
  running.Wait();
}

void NothingThrows() {
  heddle::WaitGroup wg;
  int sum = 0;
  wg.Add(1);
  heddle::go([&] {
    sum = Measure(1);
    Twice(sum);
    wg.Done();
  });
  wg.Wait();
}

void AllIsCaught() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&wg] {
    try {
      Print("title");
    } catch (...) {
    }
    wg.Done();
  });
  wg.Wait();
}

void CaughtAndCounted() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&wg] {
    try {
      Print("title");
    } catch (...) {
      wg.Done();
      throw;
    }
    wg.Done();
  });
  wg.Wait();
}

// An exception out of a thread's function ends the program.
void OnAThread() {
  std::latch printed(1);
  std::thread printer([&printed] {
    Print("title");
    printed.count_down();
  });
  printed.wait();
  printer.join();
}

// It counts pages, not tasks; and what comes behind it waits.
void CountsSomethingElse(heddle::Channel<std::string> pages, int count) {
  heddle::WaitGroup printed;
  printed.Add(count);
  heddle::go([&printed, pages]() mutable {
    for (const std::string& page : pages) {
      Print(page);
      printed.Done();
    }
  });
  printed.Wait();
}

// "I have begun", not "I have ended".
void TellsOfItsStart(heddle::Channel<int> pages) {
  heddle::WaitGroup begun;
  begun.Add(1);
  heddle::go([&begun, pages]() mutable {
    Print("title");
    begun.Done();
    for (int page : pages) Print(std::to_string(page));
  });
  begun.Wait();
}

void NotATask(heddle::WaitGroup& wg) {
  Print("title");
  wg.Done();
}

// Two on one way is another fault.
void DeferredToo(bool empty) {
  heddle::WaitGroup wg;
  wg.Add(2);
  heddle::go([&wg, empty] {
    HEDDLE_DEFER(wg.Done());
    if (!empty) Print("title");
    wg.Done();
  });
  wg.Wait();
}

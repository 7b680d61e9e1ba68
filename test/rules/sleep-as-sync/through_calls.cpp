// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>

using namespace std::chrono_literals;

int total = 0;

void Add() { total += 1; }  // want: unguarded-global "'total'"
void Start() { heddle::go(Add); }  // note: "is started here"
int Total() { return total; }  // note: "what the task writes is read here"

int StartedByACallee() {
  Start();
  heddle::Sleep(10ms);  // want: sleep-as-sync "task 'Add'"
  return Total();
}

int WaitedFor() {
  heddle::WaitGroup wg;
  wg.Go(Add);
  heddle::Sleep(10ms);
  wg.Wait();
  return Total();
}

// RUN: %expect %s
// Waiting by any means counts.
#include <heddle/heddle.h>

#include <future>
#include <latch>
#include <thread>
#include <vector>

void Save(int) {}
bool Ready();

void SaveAll() {
  heddle::WaitGroup saves;
  for (int page = 0; page < 3; ++page) {
    saves.Add(1);
    heddle::go([&saves, page] {
      HEDDLE_DEFER(saves.Done());
      Save(page);
    });
  }
  saves.Wait();
}

// Deferred: every way out waits.
bool SaveIfReady() {
  heddle::WaitGroup saves;
  HEDDLE_DEFER(saves.Wait());
  saves.Go(Save, 1);
  if (!Ready()) return false;
  Save(2);
  return true;
}

// The early return comes before anything is started.
bool CheckThenSave() {
  heddle::WaitGroup saves;
  if (!Ready()) return false;
  saves.Go(Save, 1);
  saves.Wait();
  return true;
}

// The result on a channel says that the task is done.
int Compute() {
  heddle::WaitGroup tasks;
  heddle::Channel<int> result(1);
  tasks.Go([result]() mutable { result.Send(42); });
  return result.Recv().value_or(0);
}

// A thread is joined; what the latch counts needs no second wait.
void CountDown() {
  std::latch arrived(1);
  std::thread worker([&] {
    Save(1);
    arrived.count_down();
  });
  worker.join();
}

// Started and waited for under one condition.
void Maybe(bool parallel) {
  heddle::WaitGroup saves;
  if (parallel) saves.Go(Save, 1);
  Save(2);
  if (parallel) saves.Wait();
}

// Another task waits, and that one is waited for.
void CloseWhenDone() {
  heddle::WaitGroup senders;
  heddle::Channel<int> numbers;
  senders.Go([numbers]() mutable { numbers.Send(1); });
  heddle::WaitGroup closer;
  closer.Go([&senders, numbers]() mutable {
    senders.Wait();
    numbers.Close();
  });
  for (int n : numbers) Save(n);
  closer.Wait();
}

// Waited for through code that the unit does not show.
void WaitSomewhere(heddle::WaitGroup& wg);
void SaveElsewhere() {
  heddle::WaitGroup saves;
  saves.Go(Save, 1);
  WaitSomewhere(saves);
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>

int Sum() {
  heddle::Channel<int> numbers;
  heddle::go([numbers]() mutable {
    HEDDLE_DEFER(numbers.Close());
    for (int i = 0; i < 3; ++i) numbers.Send(i);
  });
  int sum = 0;
  for (int n : numbers) sum += n;
  return sum;
}

// Knows how many there are.
int Three() {
  heddle::Channel<int> numbers(3);
  for (int i = 0; i < 3; ++i) numbers.Send(i);
  int sum = 0;
  for (int i = 0; i < 3; ++i) sum += numbers.Recv().value_or(0);
  return sum;
}

// Stops at a value.
int UntilZero() {
  heddle::Channel<int> numbers(3);
  numbers.Send(1);
  numbers.Send(0);
  int sum = 0;
  for (int n : numbers) {
    if (n == 0) break;
    sum += n;
  }
  return sum;
}

// A third task waits for the senders and closes.
int Merge() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup senders;
  for (int i = 0; i < 2; ++i) senders.Go([numbers, i]() mutable { numbers.Send(i); });
  heddle::go([&senders, numbers]() mutable {
    senders.Wait();
    numbers.Close();
  });
  int sum = 0;
  for (int n : numbers) sum += n;
  return sum;
}

// Ends by another way than the close.
void Serve(heddle::RecvChannel<int> jobs, heddle::RecvChannel<heddle::Unit> stop) {
  bool on = true;
  while (on) heddle::Select(heddle::OnRecv(jobs), heddle::OnRecv(stop, [&](auto) { on = false; }));
}

void Run() {
  heddle::Channel<int> jobs;
  heddle::Channel<heddle::Unit> stop;
  heddle::WaitGroup wg;
  wg.Go([jobs, stop] { Serve(jobs, stop); });
  jobs.Send(1);
  stop.Close();
  wg.Wait();
}

// Somebody else may close it.
int Borrowed(heddle::RecvChannel<int> numbers) {
  int sum = 0;
  for (int n : numbers) sum += n;
  return sum;
}

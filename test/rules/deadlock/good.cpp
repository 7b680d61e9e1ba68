// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>

using namespace std::chrono_literals;

int WithRoom() {
  heddle::Channel<int> results(2);
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i) wg.Go([results, i]() mutable { results.Send(i); });
  wg.Wait();
  return results.Recv().value_or(0) + results.Recv().value_or(0);
}

void OneSpeaks() {
  heddle::Channel<int> there, back;
  heddle::WaitGroup wg;
  wg.Go([there, back]() mutable {
    there.Recv();
    back.Send(1);
  });
  there.Send(1);
  back.Recv();
  wg.Wait();
}

int BigEnough() {
  heddle::Channel<int> numbers(3);
  for (int i = 0; i < 3; ++i) numbers.Send(i);
  numbers.Close();
  int sum = 0;
  for (int n : numbers) sum += n;
  return sum;
}

int Otherwise() {
  heddle::Channel<int> a, b;
  return heddle::Select(heddle::OnRecv(a), heddle::OnRecv(b), heddle::OnTimeout(1ms));
}

// A context that is cancelled ends the wait.
void Cancelled() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::WaitGroup wg;
  wg.Go([ctx = ctx] { ctx.Done().Recv(); });
  cancel();
  wg.Wait();
}

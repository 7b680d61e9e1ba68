// RUN: %expect %s
#include <heddle/heddle.h>

// Nobody takes the results before all of them are there.
int Collect() {
  heddle::Channel<int> results;
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i) wg.Go([results, i]() mutable {
    results.Send(i);  // want: deadlock error "sending on 'results': nothing that is left can end the wait, and so 'Collect' never goes on" want: leaked-task "sending on 'results'"
  });
  wg.Wait();
  return results.Recv().value_or(0) + results.Recv().value_or(0);
}

// Each waits for the other to speak first.
void BothListen() {
  heddle::Channel<int> there, back;
  heddle::WaitGroup wg;
  wg.Go([there, back]() mutable {
    there.Recv();  // want: leaked-task "receiving from 'there'"
    back.Send(1);
  });
  back.Recv();  // want: deadlock "'BothListen' can wait for ever receiving from 'back'"
  there.Send(1);
  wg.Wait();
}

// The buffer is one too small.
int TooSmall() {
  heddle::Channel<int> numbers(2);
  for (int i = 0; i < 3; ++i) numbers.Send(i);  // want: deadlock error "'TooSmall' can wait for ever sending on 'numbers'"
  numbers.Close();
  int sum = 0;
  for (int n : numbers) sum += n;
  return sum;
}

// No case can ever happen.
int NoCase() {
  heddle::Channel<int> a, b;
  return heddle::Select(heddle::OnRecv(a), heddle::OnRecv(b));  // want: deadlock "in this select"
}

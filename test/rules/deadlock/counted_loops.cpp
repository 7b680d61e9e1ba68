// How often a loop turns decides what is sent and received, however long it is.
// RUN: %expect %s
#include <heddle/heddle.h>

void RoomForAllButOne() {
  heddle::Channel<int> numbers(63);
  for (int i = 0; i < 64; ++i)
    numbers.Send(i);  // want: deadlock "sending on 'numbers'"
}

void OneTooMany() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 101; ++i)
      numbers.Send(i);  // want: deadlock "sending on 'numbers'" want: leaked-task "sending on 'numbers'"
  });
  for (int i = 0; i < 100; ++i) numbers.Recv();
  wg.Wait();
}

void DownToZero() {
  heddle::Channel<int> numbers(100);
  for (int left = 100; left >= 0; --left)
    numbers.Send(left);  // want: deadlock "sending on 'numbers'"
}

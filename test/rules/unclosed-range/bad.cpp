// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>

// Everything was sent, and the receiver waits for one more.
int Sum() {
  heddle::Channel<int> numbers;  // note: "the channel is made here"
  heddle::go([numbers]() mutable {
    for (int i = 0; i < 3; ++i) numbers.Send(i);
  });
  int sum = 0;
  for (int n : numbers) sum += n;  // want: unclosed-range error "'Sum' receives from 'numbers' until it is closed, and nothing closes it"
  return sum;
}

// The same by hand.
int ByHand() {
  heddle::Channel<int> numbers(3);
  numbers.Send(1);
  int sum = 0;
  while (std::optional<int> n = numbers.Recv()) sum += *n;  // want: unclosed-range "nothing closes it"
  return sum;
}

int WithBreak() {
  heddle::Channel<int> numbers(3);
  numbers.Send(1);
  numbers.Send(2);
  int sum = 0;
  for (;;) {
    std::optional<int> n = numbers.Recv();  // want: unclosed-range "'WithBreak' receives"
    if (!n) break;
    sum += *n;
  }
  return sum;
}

// Waits for the workers, of which none ever ends.
void Workers() {
  heddle::Channel<int> jobs;
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i) {
    wg.Go([jobs]() mutable {
      for (int job : jobs) (void)job;  // want: unclosed-range "receives from 'jobs' until it is closed"
    });
  }
  jobs.Send(1);
  jobs.Send(2);
  wg.Wait();
}

// The one end is closed, the other one is ranged over.
int Pipeline() {
  heddle::Channel<int> in, out;
  heddle::go([in]() mutable {
    in.Send(1);
    in.Close();
  });
  heddle::go([in, out]() mutable {
    for (int n : in) out.Send(2 * n);
  });
  int sum = 0;
  for (int n : out) sum += n;  // want: unclosed-range "from 'out'"
  return sum;
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <thread>
#include <vector>

void InOrder() {
  heddle::Channel<int> c(2);
  c.Send(1);
  c.Send(2);
  c.Close();
}

// Another channel by then.
void Anew() {
  heddle::Channel<int> c(1);
  c.Close();
  c = heddle::Channel<int>(1);
  c.Send(1);
}

// Closed when both are done.
void TwoSenders() {
  heddle::Channel<int> c(4);
  heddle::WaitGroup wg;
  wg.Go([c]() mutable { c.Send(1); });
  wg.Go([c]() mutable { c.Send(2); });
  wg.Wait();
  c.Close();
}

void Joined() {
  heddle::Channel<int> c(4);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([c, i]() mutable { c.Send(i); });
  for (std::thread& thread : threads) thread.join();
  c.Close();
}

// Either one or the other.
void Finish(heddle::Channel<int> c, bool more) {
  if (!more) c.Close();
  if (more) c.Send(0);
}

// All that is sent was received before the close.
int Both() {
  heddle::Channel<int> c;
  heddle::go([c]() mutable {
    for (int i = 0; i < 2; ++i) c.Send(i);
  });
  int sum = c.Recv().value_or(0) + c.Recv().value_or(0);
  c.Close();
  return sum;
}

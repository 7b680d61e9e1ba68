// Two goroutines wait for each other, and main for them.
#include <heddle/heddle.h>

void WaitFor(heddle::Channel<int> channel) { channel.Recv(); }

int main() {
  heddle::Channel<int> a;
  heddle::Mutex mu;
  heddle::WaitGroup wg;
  mu.Lock();
  wg.Go(WaitFor, a);
  wg.Go([&] { mu.Lock(); });
  wg.Wait();
}

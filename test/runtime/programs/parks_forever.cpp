// Goroutines that nothing can wake: what waits for a nil channel, for no case, for itself.
// main sees that the leak report (HEDDLE_LEAKS=1) has them all, by exiting.
#include <heddle/heddle.h>

#include <chrono>
#include <cstdlib>

int main() {
  const auto nil = heddle::Channel<int>::Nil();
  heddle::WaitGroup begun;
  const auto park = [&](auto forever) {
    begun.Add(1);
    heddle::go([&begun, forever] {
      begun.Done();
      forever();
      std::abort();
    });
  };
  park([=] { nil.Send(7); });
  park([=] { nil.Recv(); });
  park([] { heddle::Channel<int>().Recv(); });
  park([] { heddle::Select(); });
  park([=] { heddle::Select(heddle::OnRecv(nil), heddle::OnSend(nil, 7)); });
  park([] { heddle::Select(heddle::OnRecv(heddle::Channel<int>())); });
  park([] {
    heddle::Channel<int> c;  // it does not meet itself
    heddle::Select(heddle::OnSend(c, 1), heddle::OnRecv(c));
  });
  park([] { heddle::Sleep(std::chrono::nanoseconds::max()); });
  begun.Wait();
  heddle::Sleep(std::chrono::milliseconds(100));  // long enough to go wrong
}

// Panics of three kinds, each some calls down and with a deferred call that parks while
// the stack unwinds: misuse of the runtime, an exception of the library, one of no kind.
#include <heddle/heddle.h>

#include <chrono>
#include <stdexcept>

struct Odd {};

[[gnu::noinline]] void CloseTwice(heddle::Channel<int> c) {
  c.Close();
  c.Close();
  asm volatile("");  // or the call would replace this frame
}

[[gnu::noinline]] void Validate(int value) {
  if (value > 2) throw std::out_of_range("value too large");
  asm volatile("");
}

[[gnu::noinline]] void ThrowOdd() { throw Odd(); }

template <class F>
void RunAlone(F f) {
  heddle::WaitGroup wg;
  wg.Go([&] {
    HEDDLE_DEFER(heddle::Sleep(std::chrono::milliseconds(1)));
    f();
  });
  wg.Wait();
}

int main() {
  RunAlone([] { CloseTwice(heddle::Channel<int>()); });
  RunAlone([] { Validate(3); });
  RunAlone([] { ThrowOdd(); });
  return heddle::Run([] { Validate(4); });
}

// One goroutine panics with its Done deferred, so main goes on and ends well. So does the call
// of a timer, which is in a goroutine of the runtime's.
#include <heddle/heddle.h>

#include <chrono>

int main() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    heddle::panic("it cannot go on");
  });
  wg.Wait();
  wg.Add(1);
  heddle::Timer::AfterFunc(std::chrono::milliseconds(1), [&] {
    HEDDLE_DEFER(wg.Done());
    heddle::panic("too late");
  });
  wg.Wait();
}

// One goroutine panics with its Done deferred, so main goes on and ends well.
#include <heddle/heddle.h>

int main() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    heddle::panic("it cannot go on");
  });
  wg.Wait();
}

// Each worker counts itself when it starts to run, so Wait may come first, find
// the counter at zero and pass.
#include <heddle/heddle.h>

#include <cstdio>

int main() {
  heddle::WaitGroup wg;
  for (int id = 1; id <= 5; ++id) {
    heddle::go([&wg, id] {
      wg.Add(1);
      HEDDLE_DEFER(wg.Done());
      std::printf("worker %d\n", id);
    });
  }
  wg.Wait();
}

// Recursion without end whose every step is mostly inside malloc, so that the guard is
// likely hit while malloc's locks are held: the process must end all the same.
#include <heddle/heddle.h>

#include <cstdlib>

volatile bool endless = true;

[[gnu::noinline]] int Descend(int depth) {
  void* volatile block = std::malloc(3000 + depth % 7 * 1000);
  const int below = endless ? Descend(depth + 1) : depth;
  std::free(block);
  return below + 1;
}

int main() {
  heddle::WaitGroup wg;
  wg.Go([] { Descend(0); });
  wg.Wait();
}

// Starts three goroutines and waits for them.
#include <heddle/heddle.h>

#include <cstdio>

int main() {
  heddle::WaitGroup wg;
  for (int id = 1; id <= 3; ++id) {
    wg.Go([id] { std::printf("hello from goroutine %d\n", id); });
  }
  wg.Wait();
}

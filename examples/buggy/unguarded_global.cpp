// Ten tasks count in a global without a lock: some of the visits are lost.
#include <heddle/heddle.h>

#include <cstdio>

int visits = 0;

void Visit() {
  for (int i = 0; i < 1000; ++i) ++visits;
}

int main() {
  heddle::WaitGroup wg;
  for (int id = 0; id < 10; ++id) wg.Go(Visit);
  wg.Wait();
  std::printf("%d visits\n", visits);
}

#include <heddle/heddle.h>

int main() {
  heddle::WaitGroup wg;
  wg.Go([] {});
  wg.Wait();
}

// main returns and leaves two goroutines parked for good.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> c;
  heddle::Channel<int> parked(2);
  for (int i = 0; i < 2; ++i) {
    heddle::go([=] {
      parked.Send(1);
      c.Recv();
    });
  }
  parked.Recv();
  parked.Recv();
}

// Main has seen enough and closes the channel that the producer still sends on:
// a send on a closed channel panics.
#include <heddle/heddle.h>

#include <cstdio>

void Produce(heddle::Channel<int> out) {
  for (int n = 0; n < 10; ++n) out.Send(n);
}

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go(Produce, numbers);
  for (int i = 0; i < 3; ++i) std::printf("%d\n", numbers.Recv().value_or(0));
  numbers.Close();
  wg.Wait();
}

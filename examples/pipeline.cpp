// A pipeline of three stages joined by channels. Each stage closes what it
// sends on when it has no more to send; that ends the range loop of the next.
#include <heddle/heddle.h>

#include <cstdio>

void Numbers(int below, heddle::Channel<int> out) {
  HEDDLE_DEFER(out.Close());
  for (int n = 1; n < below; ++n) out.Send(n);
}

void Odd(heddle::Channel<int> in, heddle::Channel<int> out) {
  HEDDLE_DEFER(out.Close());
  for (int n : in) {
    if (n % 2 == 1) out.Send(n);
  }
}

void Squares(heddle::Channel<int> in, heddle::Channel<int> out) {
  HEDDLE_DEFER(out.Close());
  for (int n : in) out.Send(n * n);
}

int main() {
  heddle::Channel<int> numbers;
  heddle::Channel<int> odd(8);
  heddle::Channel<int> squares;

  heddle::WaitGroup stages;
  stages.Go(Numbers, 100, numbers);
  stages.Go(Odd, numbers, odd);
  stages.Go(Squares, odd, squares);

  int sum = 0;
  for (int square : squares) sum += square;
  stages.Wait();
  std::printf("the sum of the squares of the odd numbers below 100 is %d\n",
              sum);
}

// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    for (int i = 0; i < 3; ++i)
      numbers.Send(i);
    numbers.Close();
  });
  int sum = 0;
  for (int number : numbers)
    sum += number;
  wg.Wait();
  return sum;
}

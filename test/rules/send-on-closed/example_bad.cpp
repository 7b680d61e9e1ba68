// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    for (int i = 0; i < 3; ++i)
      numbers.Send(i); // want: send-on-closed "after it was closed"
  });
  int first = numbers.Recv().value_or(0);
  numbers.Close();
  wg.Wait();
  return first;
}

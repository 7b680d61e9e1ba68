// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

void Count(heddle::Channel<int> out) {
  for (int i = 0;; ++i) {
    out.Send(i); // want: leaked-task "nothing receives after 'main' returns"
  }
}

int main() {
  heddle::Channel<int> numbers;
  heddle::go(Count, numbers);
  return numbers.Recv().value_or(0);
}

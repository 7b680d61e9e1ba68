// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers(1);
  HEDDLE_DEFER(numbers.Close());
  numbers.Send(1);
  return numbers.Recv().value_or(0);
}

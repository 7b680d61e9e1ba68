// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers(1);
  HEDDLE_DEFER(numbers.Close()); // want: double-close "closed a second time"
  numbers.Send(1);
  int first = numbers.Recv().value_or(0);
  numbers.Close();
  return first;
}

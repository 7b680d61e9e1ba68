// RUN: %expect %s
// The example of the rule's page.
#include <heddle/heddle.h>

void Count(heddle::Channel<int> out, heddle::RecvChannel<heddle::Unit> enough) {
  for (int i = 0;; ++i) {
    if (heddle::Select(heddle::OnSend(out, i), heddle::OnRecv(enough)) == 1)
      return;
  }
}

int main() {
  heddle::Channel<int> numbers;
  heddle::Channel<heddle::Unit> enough;
  heddle::go(Count, numbers, enough);
  int first = numbers.Recv().value_or(0);
  enough.Close();
  return first;
}

// RUN: %expect %s
// A group with a limit: who starts one more from inside waits for a place that
// only those who wait too could free.
#include <heddle/heddle.h>

void Dig(heddle::TaskGroup& diggers, int depth) {
  if (depth > 0) diggers.Go([&diggers, depth] { Dig(diggers, depth - 1); });  // want: deadlock "can wait for ever for a place in 'diggers'"
}

int main() {
  heddle::TaskGroup diggers;
  diggers.SetLimit(1);
  diggers.Go([&diggers] { Dig(diggers, 1); });
  return diggers.Wait() ? 1 : 0;
}

// RUN: %expect %s
#include <heddle/heddle.h>

// Places are freed by tasks that end.
void FromOutside() {
  heddle::TaskGroup diggers;
  diggers.SetLimit(2);
  for (int i = 0; i < 4; ++i) diggers.Go([] {});
  diggers.Wait();
}

// Below zero: no limit.
void Unlimited() {
  heddle::TaskGroup diggers;
  diggers.SetLimit(-1);
  diggers.Go([&diggers] { diggers.Go([] {}); });
  diggers.Wait();
}

int main() {
  FromOutside();
  Unlimited();
}

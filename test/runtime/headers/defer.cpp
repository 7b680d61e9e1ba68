// What <heddle/defer.h> alone gives, as the interface names it.
#include <heddle/defer.h>

#include <functional>

int Uses(const std::function<void()>& f) {
  int n = 0;
  heddle::Defer done([&] { ++n; });
  heddle::Defer other(f);
  HEDDLE_DEFER(++n);
  HEDDLE_DEFER(++n, f());
  for (int i = 0; i < 2; ++i) HEDDLE_DEFER(++n);
  return n;
}

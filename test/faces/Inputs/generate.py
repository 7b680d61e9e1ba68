"""Prints a C++ program of about the given number of lines: functions that start
a task and wait for it. The last one takes a lock twice."""

import sys

FUNCTION = """\
int Function{0}(int n) {{
  heddle::WaitGroup wg;
  heddle::Channel<int> c(1);
  wg.Add(1);
  heddle::go([&wg, c]() mutable {{
    HEDDLE_DEFER(wg.Done());
    c.Send({0});
  }});
  if (n > {0})
    n += c.Recv().value_or(0);
  wg.Wait();
  return n + {1};
}}

"""
LAST = """\
heddle::Mutex mu;

int main() {
  mu.Lock();
  mu.Lock();  // the fault
  mu.Unlock();
  mu.Unlock();
}
"""

lines = int(sys.argv[1])
print("#include <heddle/heddle.h>\n")
for i in range(lines // (FUNCTION.count("\n"))):
    print(FUNCTION.format(i, f"Function{i - 1}(n)" if i else "1"), end="")
print(LAST, end="")

// How many pieces there are is a quotient, and how large they are a default
// argument.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <algorithm>

// Three crews for seven walls, and one wall more than they are counted for.
void Paint(int walls, int each = 3) {
  heddle::WaitGroup crews;
  crews.Add(walls / each);
  for (int first = 0; first < walls; first += each) {
    const int last = std::min(walls, first + each);
    heddle::go([&crews, first, last] {
      HEDDLE_DEFER(crews.Done());  // want: counter-mismatch "once more than"
      for (int wall = first; wall < last; ++wall) heddle::Yield();
    });
  }
  crews.Wait();
}

int main() { Paint(7); }

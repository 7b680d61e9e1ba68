// The same as in arithmetic.cpp, computed right, and numbers that are not known.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

void Paint(int walls, int each = 3) {
  heddle::WaitGroup crews;
  crews.Add((walls + each - 1) / each);
  for (int first = 0; first < walls; first += each) {
    const int last = std::min(walls, first + each);
    heddle::go([&crews, first, last] {
      HEDDLE_DEFER(crews.Done());
      for (int wall = first; wall < last; ++wall) heddle::Yield();
    });
  }
  crews.Wait();
}

void Mix() {
  std::vector<int> pots = {1, 2, 3, 4};
  heddle::Channel<int> shelf(pots.size() << 1 >> 1);
  for (int pot : pots) shelf.Send(pot);
}

void Brush() {
  heddle::Channel<int> jar(std::max({1, 3, 2}));
  for (int i = 0; i < std::abs(-3); ++i) jar.Send(i);
}

// Below zero nothing is known of a quotient: it may have wrapped.
void Wrap(unsigned none) {
  heddle::Channel<int> jar((none - 1) / 1000);
  jar.Send(1);
}

// What a reference to the lower of two is changes with it.
void Follow() {
  int red = 1, blue = 2;
  const int& fewer = std::min(red, blue);
  red = 2;
  heddle::Channel<int> jar(fewer);
  jar.Send(1);
  jar.Send(2);
}

struct Ladder {
  heddle::Channel<int> rungs = heddle::Channel<int>(2);
};

void Climb() {
  auto ladder = std::make_unique<Ladder>();
  ladder->rungs.Send(1);
  ladder->rungs.Send(2);
}

int main() {
  Paint(7);
  Mix();
  Brush();
  Wrap(0);
  Follow();
  Climb();
}

// How many there are is computed: shifts, bounds, the higher of two, members that
// are made in their declarations.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <algorithm>
#include <memory>
#include <vector>

// Room for the half of the pots.
void Mix() {
  std::vector<int> pots = {1, 2, 3, 4};
  heddle::Channel<int> shelf(pots.size() >> 1);
  for (int pot : pots) shelf.Send(pot);  // want: deadlock "sending on 'shelf'"
}

// No more than two brushes, however many there are.
void Brush() {
  std::vector<int> brushes(9);
  heddle::Channel<int> jar(std::clamp(static_cast<int>(std::size(brushes)), 1, 2));
  for (int i = 0; i < std::max(3, 2); ++i) jar.Send(i);  // want: deadlock "sending on 'jar'"
}

// A ladder for one.
struct Ladder {
  heddle::Channel<int> rungs = heddle::Channel<int>(1);
};

void Climb() {
  heddle::WaitGroup holders;
  holders.Go([] { heddle::Yield(); });
  holders.Wait();
  auto ladder = std::make_unique<Ladder>();
  ladder->rungs.Send(1);
  ladder->rungs.Send(2);  // want: deadlock "sending on"
}

int main() {
  Mix();
  Brush();
  Climb();
}

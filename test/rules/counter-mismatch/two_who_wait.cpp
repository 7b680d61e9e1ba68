// RUN: %expect %s
// Two wait for one group, and one of them begins the next round without the
// other.
#include <heddle/heddle.h>

void Bake(int tray) noexcept;
void Ice() noexcept;

int main() {
  heddle::WaitGroup trays;
  heddle::WaitGroup icing;
  for (int round = 0; round < 2; ++round) {
    trays.Add(2);  // want: counter-mismatch "'trays' is added to again while a wait for it has yet to return"
    for (int tray = 0; tray < 2; ++tray) {
      heddle::go([&trays, tray] {
        HEDDLE_DEFER(trays.Done());
        Bake(tray);
      });
    }
    icing.Go([&trays] {
      trays.Wait();  // note: "need not wait for"
      Ice();
    });
    trays.Wait();
  }
  icing.Wait();
}

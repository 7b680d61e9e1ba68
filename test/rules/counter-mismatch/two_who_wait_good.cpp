// RUN: %expect %s
// Two wait for one group, and the next round begins when both have gone on.
#include <heddle/heddle.h>

void Bake(int tray) noexcept;
void Ice() noexcept;

void WithSignal() {
  heddle::WaitGroup trays;
  heddle::Channel<heddle::Unit> iced;
  for (int round = 0; round < 2; ++round) {
    for (int tray = 0; tray < 2; ++tray)
      trays.Go([tray] { Bake(tray); });
    heddle::go([&trays, iced] {
      trays.Wait();
      Ice();
      iced.Send({});
    });
    trays.Wait();
    iced.Recv();
  }
}

void OneWaiter() {
  heddle::WaitGroup trays;
  for (int round = 0; round < 3; ++round) {
    trays.Add(2);
    for (int tray = 0; tray < 2; ++tray) {
      heddle::go([&trays, tray] {
        HEDDLE_DEFER(trays.Done());
        Bake(tray);
      });
    }
    trays.Wait();
  }
}

int main() {
  WithSignal();
  OneWaiter();
}

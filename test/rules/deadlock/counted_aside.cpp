// RUN: %expect %s
// How long a loop counts where others can look is of no consequence to whom it
// keeps waiting.
#include <heddle/heddle.h>

#include <atomic>

// The try finds nobody there while the polisher is at a lens.
void Polish() {
  heddle::Channel<int> lenses;
  heddle::Channel<heddle::Unit> home;
  std::atomic<long> strokes{0};
  heddle::WaitGroup polisher;
  polisher.Go([&] {
    bool working = true;
    while (working)
      heddle::Select(  // want: deadlock "in this select" want: leaked-task "in this select"
          heddle::OnRecv(lenses,
                         [&](auto lens) {
                           for (int stroke = 0; stroke < *lens; ++stroke) ++strokes;
                         }),
          heddle::OnRecv(home, [&](auto) { working = false; }));
  });
  lenses.Send(5000);
  heddle::Unit now;
  home.TrySend(now);
  polisher.Wait();
}

// What was counted is not known where it is asked for.
void Grind() {
  heddle::Channel<int> done;
  std::atomic<long> turns{0};
  heddle::WaitGroup grinder;
  grinder.Go([&] {
    for (int turn = 0; turn < 5000; ++turn) ++turns;
    if (turns == 21) done.Send(1);
  });
  grinder.Wait();
}

int main() {
  Polish();
  Grind();
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>

using namespace std::chrono_literals;

// What a timer gives is there once for each time that it is started.
void BoilTwoEggs() {
  heddle::Timer egg(4ms);
  egg.C().Recv();
  egg.C().Recv();  // want: deadlock "receiving from 'egg'"
}

void TakeOffTheStove() {
  heddle::Timer egg(4ms);
  if (egg.Stop()) egg.C().Recv();  // want: deadlock "receiving from 'egg'"
}

// The tick that is drained was taken by the wait before.
class Roast {
 public:
  void Baste() {
    heddle::Select(heddle::OnRecv(turn_.C()), heddle::OnRecv(guests_));
    if (!turn_.Stop()) turn_.C().Recv();  // want: deadlock "receiving from 'turn_'"
    turn_.Reset(3ms);
  }
  void Announce() { guests_.Close(); }

 private:
  heddle::Timer turn_{3ms};
  heddle::Channel<int> guests_;
};

// Nobody calls it, so it may be called by anybody.
int Dine() {
  Roast roast;
  roast.Announce();
  roast.Baste();
  return 0;
}

// No more ticks once the ticker is stopped.
void Metronome() {
  heddle::Ticker beat(1ms);
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 4; ++i) beat.C().Recv();  // want: deadlock "receiving from 'beat'" want: leaked-task "receiving from 'beat'"
  });
  beat.Stop();
  wg.Wait();
}

// The call is taken back, and nobody else closes the channel.
void AlarmClock() {
  heddle::Channel<int> ring;
  auto alarm = heddle::Timer::AfterFunc(1ms, [ring]() mutable { ring.Close(); });
  if (alarm.Stop()) ring.Recv();  // want: deadlock "receiving from 'ring'"
}

int main() {
  BoilTwoEggs();
  TakeOffTheStove();
  Metronome();
  AlarmClock();
}

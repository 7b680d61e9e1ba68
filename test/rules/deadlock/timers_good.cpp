// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>

using namespace std::chrono_literals;

void BoilTwoEggs() {
  heddle::Timer egg(4ms);
  egg.C().Recv();
  egg.Reset(4ms);
  egg.C().Recv();
}

// Nobody has received, so it stops in time, or else there is something to drain.
void TakeOffTheStove() {
  heddle::Timer egg(4ms);
  if (!egg.Stop()) egg.C().Recv();
  egg.Reset(1ms);
  egg.C().Recv();
}

// Drained only as far as there is something.
class Roast {
 public:
  void Baste() {
    heddle::Select(heddle::OnRecv(turn_.C()), heddle::OnRecv(guests_));
    if (!turn_.Stop()) heddle::Select(heddle::OnRecv(turn_.C()), heddle::OnDefault());
    turn_.Reset(3ms);
    turn_.C().Recv();
  }
  void Announce() { guests_.Close(); }

 private:
  heddle::Timer turn_{3ms};
  heddle::Channel<int> guests_;
};

void Metronome() {
  heddle::Ticker beat(1ms);
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 4; ++i) beat.C().Recv();
  });
  wg.Wait();
  beat.Stop();
}

// Either the alarm rings or it was taken back.
void AlarmClock() {
  heddle::Channel<int> ring;
  auto alarm = heddle::Timer::AfterFunc(1ms, [ring]() mutable { ring.Close(); });
  if (!alarm.Stop()) ring.Recv();
}

void UntilLate() {
  heddle::Channel<int> calls;
  heddle::RecvChannel<heddle::TimePoint> late = heddle::After(5ms);
  for (bool open = true; open;)
    heddle::Select(heddle::OnRecv(calls), heddle::OnRecv(late, [&](auto) { open = false; }));
  heddle::Select(heddle::OnRecv(calls), heddle::OnRecv(heddle::After(1ms)));
}

// Which of two threads receives the one time does not matter to whoever waits
// for a new one.
void TwoCooks() {
  heddle::Timer egg(4ms);
  heddle::WaitGroup wg;
  for (int cook = 0; cook < 2; ++cook)
    wg.Go([&] {
      heddle::Select(heddle::OnRecv(egg.C()), heddle::OnTimeout(9ms));
    });
  wg.Wait();
}

int main() {
  BoilTwoEggs();
  TakeOffTheStove();
  Metronome();
  AlarmClock();
  UntilLate();
  TwoCooks();
  Roast roast;
  roast.Announce();
  roast.Baste();
}

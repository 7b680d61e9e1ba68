// RUN: %expect %s
// A ticker that is stopped ticks no more, and closes nothing: no loop ends by it.
// Nobody could close its channel, so the missing close is not what is reported.
#include <heddle/heddle.h>

#include <chrono>

void Sample(heddle::Ticker& pace, int& samples) {
  while (pace.C().Recv()) ++samples;  // want: leaked-task "receiving from 'pace'" want: deadlock "nothing that is left can end the wait"
}

int main() {
  int samples = 0;
  heddle::Ticker pace(std::chrono::milliseconds(1));
  heddle::WaitGroup sampler;
  sampler.Go([&] { Sample(pace, samples); });
  pace.Stop();
  sampler.Wait();
  return samples;
}

// Signals that come all the time, to whichever thread, do not disturb goroutines: their
// handler runs on the stack of whatever it interrupts.
#include <heddle/heddle.h>
#include <signal.h>
#include <sys/time.h>

#include <atomic>
#include <chrono>
#include <cstdio>

std::atomic<int> signals{0};

int main() {
  struct sigaction action {};
  action.sa_handler = [](int) { ++signals; };
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  const itimerval every{{0, 500}, {0, 500}};
  setitimer(ITIMER_REAL, &every, nullptr);
  heddle::WaitGroup wg;
  heddle::Channel<int> c(1);
  std::atomic<long> sum{0};
  for (int i = 0; i < 4; ++i) {
    wg.Go([&] {
      for (int n = 0; n < 100 || signals < 100; ++n) {
        c.Send(1);
        heddle::Sleep(std::chrono::microseconds(100));
      }
    });
  }
  heddle::go([&] {
    wg.Wait();
    c.Close();
  });
  for (int v : c) sum += v;
  std::printf("%s\n", sum >= 400 && signals >= 100 ? "undisturbed" : "wrong");
}

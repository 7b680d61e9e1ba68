// Counts a task and ends without waiting for it: the report may never be
// written, and the task may count down a wait group that is gone.
#include <heddle/heddle.h>

#include <cstdio>

void WriteReport(bool urgent) {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    std::printf("report written\n");
  });
  if (urgent) return;
  wg.Wait();
}

int main() { WriteReport(true); }

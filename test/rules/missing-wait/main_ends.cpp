// RUN: %expect %s
// A global wait group that main does not wait for.
#include <heddle/heddle.h>

#include <cstdio>

static heddle::WaitGroup jobs;

static void Job() {
  HEDDLE_DEFER(jobs.Done());
  std::puts("job");
}

int main(int argc, char**) {
  jobs.Add(1);  // want: missing-wait "'jobs' counts task 'Job' but is not waited for before the program ends"
  heddle::go(Job);
  if (argc > 1) return 1;
  jobs.Wait();
}

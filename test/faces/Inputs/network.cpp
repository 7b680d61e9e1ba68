// Two tasks that meet main, one of which starts another; one that meets nobody.
#include <heddle/heddle.h>

heddle::Mutex alone;

void Lonely() { heddle::MutexLock lock(alone); }

void Produce(heddle::Channel<int> jobs) { jobs.Send(1); }

// Hands on what it was given.
void Relay(heddle::Channel<int> jobs) {
  heddle::Mutex private_;
  private_.Lock();
  heddle::go([jobs]() mutable { jobs.Close(); });
  private_.Unlock();
}

int main() {
  heddle::Channel<int> jobs; heddle::WaitGroup wg;
  wg.Go(Produce, jobs);
  heddle::go(Relay, jobs);
  int first = jobs.Recv().value_or(0);
  wg.Wait();
  heddle::go(Lonely);
  return first;
}

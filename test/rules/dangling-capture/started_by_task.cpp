// A task leaves another one running; who waits for the first does not wait for
// the second.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstdio>

struct Ledger {
  heddle::Mutex mu;
  int entries = 0;
  void Enter() {
    heddle::MutexLock lock(mu);
    ++entries;
  }
};

void Audit(Ledger& ledger) {
  heddle::go([&ledger] { ledger.Enter(); });  // want: dangling-capture "uses 'ledger'" want: unawaited-task "nothing waits"
}

void CloseTheYear() {
  Ledger ledger;
  heddle::WaitGroup clerks;
  for (int i = 0; i < 2; ++i) clerks.Go([&ledger] { Audit(ledger); });
  clerks.Wait();
  std::printf("%d\n", ledger.entries);
}

// The clerk waits for his helper before he is done.
void CloseTheMonth() {
  Ledger ledger;
  heddle::WaitGroup clerks;
  clerks.Go([&ledger] {
    heddle::WaitGroup helper;
    helper.Go([&ledger] { ledger.Enter(); });
    helper.Wait();
  });
  clerks.Wait();
  std::printf("%d\n", ledger.entries);
}

// The helper is counted by the same group, before the clerk is done.
void CloseTheWeek() {
  Ledger ledger;
  heddle::WaitGroup all;
  all.Go([&] { all.Go([&ledger] { ledger.Enter(); }); });
  all.Wait();
  std::printf("%d\n", ledger.entries);
}

// The helper says by a message that it is done.
void CloseTheDay() {
  Ledger ledger;
  heddle::Channel<int> entered;
  heddle::WaitGroup clerks;
  clerks.Go([&] {
    heddle::go([&ledger, entered]() mutable {
      ledger.Enter();
      entered.Send(1);
    });
  });
  clerks.Wait();
  entered.Recv();
  std::printf("%d\n", ledger.entries);
}

int main() {
  CloseTheYear();
  CloseTheMonth();
  CloseTheWeek();
  CloseTheDay();
}

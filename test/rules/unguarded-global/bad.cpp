// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

int hits = 0;
static std::map<std::string, int> sizes;
std::vector<int> results;
struct Stats {
  int reads = 0;
  int writes = 0;
} stats;
std::mutex mu_a, mu_b;
int balance = 0;

void Hit() {
  hits = hits + 1;  // want: unguarded-global "'hits' is written here by task 'Hit' while another run of it can write it|'hits' is written here"
}

void Remember(const std::string& name) {
  sizes[name] = 1;  // want: unguarded-global "'sizes' is written here"
}

void Append(int n) {
  results.push_back(n);  // want: unguarded-global "'results' is written here"
}

void CountRead() {
  ++stats.reads;  // want: unguarded-global "'stats.reads' is written here"
}
void CountWrite() { ++stats.writes; }

// Two locks are no common lock.
void Deposit() {
  std::lock_guard<std::mutex> lock(mu_a);
  balance += 1;  // want: unguarded-global "'balance' is written here"
}
void Withdraw() {
  std::lock_guard<std::mutex> lock(mu_b);
  balance -= 1;
}

int Next() {
  static int counter = 0;
  return ++counter;  // want: unguarded-global "'counter' is written here"
}

void Loops() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 4; ++i) wg.Go(Hit);
  wg.Wait();
}

// The starter goes on beside its task.
void Beside() {
  heddle::WaitGroup wg;
  wg.Go(Remember, "a");
  std::printf("%zu\n", sizes.size());
  wg.Wait();
}

void Threads() {
  std::thread a(Append, 1);
  std::thread b(Append, 2);
  a.join();
  b.join();
}

void Fields() {
  heddle::WaitGroup wg;
  wg.Go(CountRead);
  wg.Go(CountWrite);
  std::printf("%d\n", stats.reads);
  wg.Wait();
}

void WrongLock() {
  heddle::WaitGroup wg;
  wg.Go(Deposit);
  wg.Go(Withdraw);
  wg.Wait();
}

void Statics() {
  heddle::WaitGroup wg;
  wg.Go([] { Next(); });
  wg.Go([] { Next(); });
  wg.Wait();
}

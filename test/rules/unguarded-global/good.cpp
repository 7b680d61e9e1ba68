// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

const std::vector<int> kPrimes = {2, 3, 5};
std::atomic<int> hits{0};
thread_local int scratch = 0;
std::mutex mu;
std::shared_mutex table_mu;
int balance = 0;
std::string config;
std::vector<int> table;
int total = 0;

void Hit() {
  ++hits;
  ++scratch;
  std::printf("%d\n", kPrimes[0]);
}

void Deposit(int n) {
  std::unique_lock<std::mutex> lock(mu);
  balance += n;
}
int Balance() {
  std::scoped_lock lock(mu);
  return balance;
}

void Put(int n) {
  std::unique_lock lock(table_mu);
  table.push_back(n);
}
std::size_t Count() {
  std::shared_lock lock(table_mu);
  return table.size();
}

void Add(int n, heddle::Channel<int> sums) { sums.Send(n); }

// The standard streams may be used by any thread.
void ReadConfig() { std::cerr << config << '\n'; }

int main() {
  // Before any task there is nothing to race with.
  config = "fast";
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i) {
    wg.Go(Hit);
    wg.Go(Deposit, i);
    wg.Go([i] { Put(i); });
    wg.Go([] { std::printf("%zu %d\n", Count(), Balance()); });
    wg.Go(ReadConfig);
  }
  wg.Wait();
  // Nor after the last one.
  config.clear();
  balance = 0;

  // One owner; the others send to it.
  heddle::Channel<int> sums;
  wg.Go(Add, 1, sums);
  wg.Go(Add, 2, sums);
  for (int i = 0; i < 2; ++i) total += sums.Recv().value_or(0);
  wg.Wait();

  // One after the other.
  std::thread first([] { total = 1; });
  first.join();
  std::thread second([] { total = 2; });
  second.join();
}

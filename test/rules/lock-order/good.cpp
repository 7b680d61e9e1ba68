// RUN: %expect-only=-*,heddle-lock-order -- %s
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

std::mutex a, b, gate;

void SameOrder() {
  std::thread one([] {
    std::lock_guard<std::mutex> x(a);
    std::lock_guard<std::mutex> y(b);
  });
  std::lock_guard<std::mutex> x(a);
  { std::lock_guard<std::mutex> y(b); }
  one.detach();
}

// Whoever takes both takes the gate first.
std::mutex p, q;
void Gated() {
  std::thread one([] {
    std::lock_guard<std::mutex> g(gate);
    std::lock_guard<std::mutex> x(p);
    std::lock_guard<std::mutex> y(q);
  });
  {
    std::lock_guard<std::mutex> g(gate);
    std::lock_guard<std::mutex> y(q);
    std::lock_guard<std::mutex> x(p);
  }
  one.join();
}

// Never at the same time.
std::mutex c, d;
void OneAfterTheOther() {
  std::thread one([] {
    std::lock_guard<std::mutex> x(c);
    std::lock_guard<std::mutex> y(d);
  });
  one.join();
  std::lock_guard<std::mutex> y(d);
  std::lock_guard<std::mutex> x(c);
}

// All or none.
std::mutex e, f;
void BothAtOnce() {
  std::thread one([] { std::scoped_lock both(e, f); });
  { std::scoped_lock both(f, e); }
  one.join();
}

// Who does not get the second gives up.
std::mutex g, h;
void Tries() {
  std::thread one([] {
    std::lock_guard<std::mutex> x(g);
    std::lock_guard<std::mutex> y(h);
  });
  h.lock();
  if (g.try_lock()) g.unlock();
  h.unlock();
  one.join();
}

// Given back before the other is taken.
std::mutex i, j;
void Released() {
  std::thread one([] {
    std::lock_guard<std::mutex> x(i);
    std::lock_guard<std::mutex> y(j);
  });
  std::unique_lock<std::mutex> y(j);
  y.unlock();
  std::lock_guard<std::mutex> x(i);
  one.join();
}

// Readers let one another in.
std::shared_mutex k, l;
void ReadersOnly() {
  std::thread one([] {
    std::shared_lock<std::shared_mutex> x(k);
    std::shared_lock<std::shared_mutex> y(l);
  });
  {
    std::shared_lock<std::shared_mutex> y(l);
    std::shared_lock<std::shared_mutex> x(k);
  }
  one.join();
}

// Two accounts of which nothing says that they are the same two.
struct Account {
  std::mutex mu;
  int balance = 0;
};
void Transfer(Account& from, Account& to) {
  std::lock_guard<std::mutex> x(from.mu);
  std::lock_guard<std::mutex> y(to.mu);
  --from.balance;
  ++to.balance;
}
void Transfers() {
  Account one, two, three, four;
  std::thread t([&] { Transfer(one, two); });
  Transfer(four, three);
  t.join();
}

int main() {
  SameOrder();
  Gated();
  OneAfterTheOther();
  BothAtOnce();
  Tries();
  Released();
  ReadersOnly();
  Transfers();
}

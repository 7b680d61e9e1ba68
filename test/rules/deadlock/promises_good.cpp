// Promises that are kept, or that are gone: who waits is told either way.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <csignal>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

// Gone with the lambda that it was moved into.
void GoneWithLambda(bool fails) {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  std::thread t([p = std::move(p), fails]() mutable {
    if (!fails) p.set_value(1);
  });
  try {
    f.get();
  } catch (const std::future_error&) {
  }
  t.join();
}

// What comes after get() is passed by, too.
void ThrownPast(bool fails) {
  heddle::Channel<int> c(1);
  std::promise<void> p;
  std::future<void> f = p.get_future();
  std::thread t([&, p = std::move(p)]() mutable {
    if (fails) return;
    c.Send(1);
    p.set_value();
  });
  try {
    f.get();
    c.Recv();
  } catch (...) {
  }
  t.join();
}

// Each task has one of those that were in a vector.
void OneEach(bool fails) {
  std::vector<std::promise<int>> ps;
  std::vector<std::future<int>> fs;
  std::vector<std::thread> ts;
  for (int i = 0; i < 2; ++i) {
    ps.emplace_back();
    fs.push_back(ps.back().get_future());
  }
  for (std::promise<int>& p : ps)
    ts.emplace_back([p = std::move(p), fails]() mutable {
      if (!fails) p.set_value(2);
    });
  for (std::future<int>& f : fs) {
    try {
      f.get();
    } catch (...) {
    }
  }
  for (std::thread& t : ts) t.join();
}

void Drop(std::promise<int>) {}

void GoneWithParameter() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  Drop(std::move(p));
  try {
    f.get();
  } catch (...) {
  }
}

// A new promise in the old one's place.
void Renewed() {
  std::promise<void> p;
  std::future<void> first = p.get_future();
  p = std::promise<void>();
  try {
    first.get();
  } catch (...) {
  }
  std::future<void> second = p.get_future();
  std::thread t([&] { p.set_value(); });
  second.get();
  t.join();
}

void GoneWithOptional() {
  std::optional<std::promise<void>> p;
  p.emplace();
  std::future<void> f = p->get_future();
  p.reset();
  try {
    f.get();
  } catch (...) {
  }
}

struct Claim {
  std::string text;
  std::promise<int> settled;
};

void GoneWithQueue() {
  std::deque<std::unique_ptr<Claim>> claims;
  std::deque<Claim> more;
  auto one = std::make_unique<Claim>();
  Claim two{"roof", {}};
  std::future<int> f = one->settled.get_future();
  std::future<int> g = two.settled.get_future();
  claims.push_back(std::move(one));
  more.push_back(std::move(two));
  std::thread t([&] {
    claims.clear();
    more.clear();
  });
  try {
    f.get();
  } catch (...) {
  }
  try {
    g.get();
  } catch (...) {
  }
  t.join();
}

// The last turn's claim is gone while the next one is waited for.
void GoneWithTurn() {
  heddle::Channel<Claim> claims(2);
  heddle::WaitGroup wg;
  wg.Go([&] {
    while (std::optional<Claim> claim = claims.Recv()) {
    }
  });
  Claim claim{"roof", {}};
  std::future<int> f = claim.settled.get_future();
  claims.Send(std::move(claim));
  try {
    f.get();
  } catch (...) {
  }
  claims.Close();
  wg.Wait();
}

void GoneFromMap() {
  std::map<int, std::promise<int>> calls;
  std::future<int> f = calls[3].get_future();
  std::thread t([&] { calls.erase(3); });
  try {
    f.get();
  } catch (...) {
  }
  t.join();
}

// One that is not taken stays with who offered it.
struct Tray {
  std::optional<Claim> one;
  bool TryPut(Claim&& claim) {
    if (one) return false;
    one = std::move(claim);
    return true;
  }
};

void Offered() {
  Tray tray;
  Claim claim{"roof", {}};
  std::future<int> f = claim.settled.get_future();
  if (!tray.TryPut(std::move(claim))) claim.settled.set_value(1);
  std::thread t([&] {
    if (tray.one) tray.one->settled.set_value(3);
  });
  f.get();
  t.join();
}

void Looked(bool kept) {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  std::thread t([&] {
    if (kept) p.set_value(1);
  });
  t.join();
  if (f.wait_for(std::chrono::seconds(0)) == std::future_status::ready) f.get();
}

// What was promised agrees with what was done.
void Agrees(bool some) {
  heddle::Channel<int> c(1);
  std::promise<bool> p;
  std::future<bool> f = p.get_future();
  std::thread t([&] {
    if (some) c.Send(1);
    p.set_value(some);
  });
  if (f.get()) c.Recv();
  t.join();
  std::future<bool> g = std::async(std::launch::async, [&] {
    if (!some) return false;
    c.Send(1);
    return true;
  });
  if (g.get()) c.Recv();
}

// Kept by a function that the system calls.
std::promise<void> interrupted;
heddle::Channel<int> hung_up;
void OnInterrupt(int) { interrupted.set_value(); }
void OnHangUp(int) { hung_up.Close(); }

void UntilInterrupted() {
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGHUP, OnHangUp);
  interrupted.get_future().wait();
  hung_up.Recv();
}

int main(int argc, char**) {
  bool some = argc > 1;
  GoneWithLambda(some);
  ThrownPast(some);
  OneEach(some);
  GoneWithParameter();
  Renewed();
  GoneWithOptional();
  GoneWithQueue();
  GoneWithTurn();
  GoneFromMap();
  Offered();
  Looked(some);
  Agrees(some);
  UntilInterrupted();
}

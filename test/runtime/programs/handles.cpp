// Handles whose last copy goes away in the program, in a goroutine or in the library: under
// ThreadSanitizer all their counting must be seen, or none.
#include <heddle/heddle.h>
#include <heddle/net.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using std::chrono::microseconds;

constexpr int kRounds = 200;

// Until a timer of 20 us has fired, more or less.
void SpinPast(microseconds d) {
  const auto end = std::chrono::steady_clock::now() + d;
  while (std::chrono::steady_clock::now() < end) {
  }
}

void Timers() {
  int fired = 0;
  heddle::WaitGroup called;
  for (int i = 0; i < kRounds; ++i) {
    heddle::Timer timer{microseconds(20)};
    heddle::WaitGroup wg;
    wg.Go([timer, i]() mutable {
      heddle::Timer copy = timer;
      if (i % 2 == 0) copy.Stop();
    });
    SpinPast(microseconds(40));
    wg.Wait();
    heddle::Timer last = std::move(timer);  // the monitor's reference has gone
    called.Add(1);
    heddle::Timer::AfterFunc(microseconds(1), [&called, &fired, text = std::string(100, 'x')] {
      fired += text.size() == 100;  // one after the other: Wait is below
      called.Done();
    });
    called.Wait();
    heddle::Ticker ticker{microseconds(20)};
    ticker.C().Recv();
  }
  if (fired != kRounds) std::abort();
}

void Contexts() {
  for (int i = 0; i < kRounds; ++i) {
    auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), microseconds(20));
    const heddle::Context value = heddle::WithValue<int>(ctx, i);
    heddle::WaitGroup wg;
    wg.Go([value, &wg, i] {
      wg.Go([value, i] {
        if (value.Value<int>() != i) std::abort();
      });
      value.Done().Recv();
    });
    SpinPast(microseconds(40));
    cancel();
    wg.Wait();
  }
}

void Connections() {
  auto [listener, error] = heddle::Listen("tcp", "127.0.0.1:0");
  if (error) std::abort();
  heddle::WaitGroup wg;
  wg.Go([listener = listener, &wg] {
    for (int i = 0; i < kRounds; ++i) {
      heddle::Conn conn = listener.Accept().value;
      wg.Go([conn] {
        char byte = 0;
        if (conn.Read({&byte, 1}).n == 1 && conn.Write({&byte, 1}).error) std::abort();
      });
      wg.Go([conn] { conn.SetDeadline(std::chrono::seconds(100)); });
    }
  });
  for (int i = 0; i < kRounds; ++i) {
    wg.Go([listener = listener] {
      heddle::Conn conn = heddle::Dial("tcp", listener.Addr()).value;
      char byte = 0;
      if (conn.Write("x").error || conn.Read({&byte, 1}).n != 1) std::abort();
    });
  }
  wg.Wait();
}

}  // namespace

int main() {
  Timers();
  Contexts();
  Connections();
  const int status = heddle::Run([] {
    Timers();
    Contexts();
    Connections();
    return 0;
  });
  std::printf("done\n");
  return status;
}

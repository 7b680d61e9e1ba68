// A goroutine recurses too deep:
//   (nothing)  without end
//   large      without end, on a larger stack than the default, after using it well
//   retaken    without end, on a thread that the monitor started
//   crowd      without end, with 9,000 others alive: where guards are pages it shares one
//   returns    by a little and comes back, as above: found when it ends
//   parks      by a little and then parks, as above
//   step       with a frame that is touched at its low end only, smaller than the guard
//   leap       with one that goes far beyond everything that is mapped
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>

constexpr long kEndless = 1L << 40;
volatile long limit = kEndless;  // bytes of stack to use
bool parks = false;

int Descend(const volatile char* top) {
  volatile char frame[1024];
  for (unsigned i = 0; i < sizeof(frame); i += 64) frame[i] = static_cast<char>(i);
  if (top - frame >= limit) {
    if (parks) heddle::Yield();
    return frame[64];
  }
  return Descend(top) + frame[128];
}

int Descend() {
  const volatile char top = 0;
  return Descend(&top);
}

// As Descend, with ever the same frame at the end.
int Step(std::size_t bytes, int depth) {
  char frame[1024];
  if (depth > 0) {
    const int deeper = Step(bytes, depth - 1);
    asm volatile("" : : "r"(frame) : "memory");  // the frame is needed, and all of it
    return deeper;
  }
  auto* low = static_cast<volatile char*>(__builtin_alloca(bytes));
  low[0] = 1;
  return low[0];
}

void Crowd() {
  heddle::WaitGroup started;
  constexpr int kCount = 9'000;  // more than have guards of their own, see stack_guard.h
  started.Add(kCount);
  for (int i = 0; i < kCount; ++i) {
    heddle::go([&started] {
      started.Done();
      heddle::Channel<int>::Nil().Recv();
    });
  }
  started.Wait();
}

int main(int argc, char** argv) {
  const char* how = argc > 1 ? argv[1] : "";
  heddle::WaitGroup wg;
  wg.Add(1);
  const auto body = [&wg] {
    Descend();
    wg.Done();
  };
  if (std::strcmp(how, "") == 0) return heddle::Run([] { return Descend(); });
  if (std::strcmp(how, "large") == 0) {
    constexpr std::size_t kStack = 8 << 20;
    limit = 7 << 20;
    heddle::go(heddle::GoOptions{.stack_bytes = kStack}, body);
    wg.Wait();
    std::printf("7 MiB used\n");
    std::fflush(stdout);
    limit = kEndless;
    wg.Add(1);
    heddle::go(heddle::GoOptions{.stack_bytes = kStack}, body);
  } else if (std::strcmp(how, "retaken") == 0) {
    heddle::MaxProcs(1);
    heddle::go([] {
      static std::atomic<bool> never{false};
      while (!never) {
      }
    });
    heddle::Sleep(std::chrono::milliseconds(1));
    heddle::go(body);
  } else if (std::strcmp(how, "step") == 0) {
    // From some 22 KiB above the guard to 38 KiB below its upper end.
    heddle::go([] { Step(60 << 10, 160); });
  } else if (std::strcmp(how, "leap") == 0) {
    heddle::go([] { Step(std::size_t{512} << 20, 0); });
  } else {
    Crowd();
    heddle::Sleep(std::chrono::milliseconds(50));  // until the last one has parked
    // 192 KiB are there, and below them 64 where a guard would be.
    if (std::strcmp(how, "crowd") != 0) limit = 224 << 10;
    parks = std::strcmp(how, "parks") == 0;
    heddle::go(body);
  }
  wg.Wait();
  heddle::Sleep(std::chrono::seconds(5));  // the goroutine's end comes after its Done
}

// A bit of everything that switches stacks, for the tools that follow it: valgrind, the
// sanitizers. With an argument, one fault of its own:
//   race       two goroutines write a variable without order
//   overrun    a goroutine writes past an array on its stack
//   freed      a goroutine uses memory that another has freed
//   undefined  a goroutine branches on a value that nobody has set
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

int shared = 0;

// Deep enough to touch many pages of its stack, and up again.
int Descend(int depth, int* sum) {
  volatile int frame[64];
  frame[depth % 64] = depth;
  if (depth > 0) Descend(depth - 1, sum);
  return *sum += frame[depth % 64];
}

void Pipeline() {
  heddle::Channel<std::string> words(2);
  heddle::Channel<std::size_t> lengths;
  heddle::WaitGroup wg;
  for (int i = 0; i < 20; ++i) {
    wg.Go([=] {
      words.Send(std::string(100 + static_cast<std::size_t>(i), 'x'));
      int sum = 0;
      Descend(40, &sum);
    });
  }
  wg.Go([&] {
    for (int i = 0; i < 20; ++i) lengths.Send(words.Recv().value().size());
    lengths.Close();
  });
  std::size_t total = 0;
  for (std::size_t length : lengths) total += length;
  wg.Wait();
  if (total != 2190) std::abort();
}

void LocksAndTimers() {
  heddle::Mutex mu;
  heddle::RWMutex rw;
  heddle::Semaphore some(2);
  heddle::WaitGroup wg;
  int plain = 0;
  for (int i = 0; i < 8; ++i) {
    wg.Go([&] {
      some.Acquire();
      {
        heddle::MutexLock lock(mu);
        ++plain;
        heddle::Yield();
      }
      {
        heddle::ReaderLock lock(rw);
        heddle::Sleep(std::chrono::milliseconds(1));
      }
      some.Release();
      try {
        heddle::Sleep(std::chrono::microseconds(10));
        throw std::runtime_error("caught again");
      } catch (const std::exception&) {
        heddle::Yield();  // inside the handler, on another stack meanwhile
      }
    });
  }
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), std::chrono::milliseconds(5));
  heddle::Select(heddle::OnRecv(ctx.Done(), [](auto) {}),
                 heddle::OnTimeout(std::chrono::seconds(20), [] { std::abort(); }));
  cancel();
  wg.Wait();
  if (plain != 8) std::abort();
}

// Keeps the compiler from seeing through a pointer.
template <class T>
T* Opaque(T* pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

void Fault(const char* kind) {
  heddle::WaitGroup wg;
  if (std::strcmp(kind, "race") == 0) {
    for (int i = 0; i < 2; ++i) {
      wg.Go([] { *Opaque(&shared) += 1; });
    }
  } else if (std::strcmp(kind, "overrun") == 0) {
    wg.Go([] {
      heddle::Yield();
      int array[4] = {};
      int* past = Opaque(&array[0]) + 4;
      *past = 1;
      Opaque(&array[0]);
    });
  } else if (std::strcmp(kind, "freed") == 0) {
    auto block = std::make_unique<int>(1);
    int* dangling = Opaque(block.get());
    heddle::Channel<heddle::Unit> freed;
    wg.Go([=] {
      freed.Recv();
      shared = *dangling;
    });
    block.reset();
    freed.Close();
  } else if (std::strcmp(kind, "undefined") == 0) {
    wg.Go([] {
      int value[64];
      if (*Opaque(&value[0]) == 3) shared = 1;
    });
  }
  wg.Wait();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    Fault(argv[1]);
    return 0;
  }
  Pipeline();
  LocksAndTimers();
  const int sum = heddle::Run([] {
    Pipeline();
    LocksAndTimers();
    return 0;
  });
  std::printf("done\n");
  return sum;
}

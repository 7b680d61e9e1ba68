// Goroutines that keep their thread must not stop the others, with one worker:
//   compute   for (;;), while a ticker, a pair of channels and main go on
//   many      five of them
//   mutex     a std::mutex that two goroutines hold across a wait
//   read      read() of a pipe that a goroutine writes to, not wrapped in Blocking
//   queued    what the stuck goroutine itself has started and woken
//   blocking  Blocking around a computation, and a stuck goroutine beside it
//   procs     MaxProcs lowered while all workers are stuck
//   again     a stuck goroutine comes back and goes on working, many times
#include <heddle/heddle.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

using std::chrono::milliseconds;

namespace {

std::atomic<bool> stop{false};

void Check(bool right, const char* what) {
  if (right) return;
  std::fprintf(stderr, "wrong: %s\n", what);
  std::_Exit(1);
}

void Compute() {
  while (!stop.load(std::memory_order_relaxed)) {
  }
}

// Keeps its thread busy for `d` without a call into the runtime.
void ComputeFor(milliseconds d) {
  const auto end = std::chrono::steady_clock::now() + d;
  while (std::chrono::steady_clock::now() < end) {
  }
}

// A pair of channels, a ticker, and a new goroutine, all of which must go on.
void OthersGoOn() {
  heddle::Channel<int> there;
  heddle::Channel<int> back;
  heddle::go([=] {
    for (int v : there) back.Send(v + 1);
    back.Close();
  });
  heddle::Ticker ticker(milliseconds(2));
  for (int i = 0; i < 10; ++i) {
    ticker.C().Recv();
    there.Send(i);
    Check(back.Recv() == i + 1, "the answer");
  }
  there.Close();
  Check(!back.Recv().has_value(), "the end");
}

void ComputeForever(int how_many) {
  std::atomic<int> started{0};
  for (int i = 0; i < how_many; ++i) {
    heddle::go([&] {
      ++started;
      Compute();
    });
  }
  // main is a thread here: all it does goes through the one worker.
  OthersGoOn();
  heddle::WaitGroup wg;
  wg.Go(OthersGoOn);
  wg.Wait();
  Check(started > 0, "started");
}

void ForeignMutex() {
  std::mutex mutex;
  heddle::Channel<heddle::Unit> held;
  std::atomic<bool> release{false};
  heddle::WaitGroup wg;
  wg.Go([&] {
    mutex.lock();
    held.Close();
    while (!release) {  // it must unlock on the thread that locked: it cannot park
    }
    mutex.unlock();
  });
  held.Recv();
  wg.Go([&] {
    const std::lock_guard<std::mutex> lock(mutex);  // blocks the thread
  });
  OthersGoOn();
  heddle::go([&] { release = true; });
  wg.Wait();
}

void ReadOfPipe() {
  int fds[2];
  Check(pipe(fds) == 0, "pipe");
  heddle::WaitGroup wg;
  char got = 0;
  wg.Go([&] { Check(read(fds[0], &got, 1) == 1, "read"); });
  wg.Go([&] {
    OthersGoOn();
    Check(write(fds[1], "x", 1) == 1, "write");
  });
  wg.Wait();
  Check(got == 'x', "what was read");
  close(fds[0]);
  close(fds[1]);
}

void Queued() {
  std::atomic<int> ran{0};
  heddle::Channel<int> c;
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i) {
    wg.Go([&] {
      c.Recv();
      ++ran;
    });
  }
  wg.Go([&] {
    // The first one woken is in the hand-off slot, the rest in the ring.
    for (int i = 0; i < 3; ++i) c.Send(1);
    for (int i = 0; i < 300; ++i) wg.Go([&] { ++ran; });
    while (ran.load() < 303) {
    }
    // It has no token by now, and makes more.
    for (int i = 0; i < 10; ++i) wg.Go([&] { ++ran; });
    while (ran.load() < 313) {
    }
  });
  wg.Wait();
}

void BesideBlocking() {
  heddle::WaitGroup wg;
  std::atomic<int> done{0};
  for (int i = 0; i < 4; ++i) {
    wg.Go([&] {
      heddle::Blocking([] { ComputeFor(milliseconds(30)); });
      ++done;
    });
    wg.Go([&] {
      ComputeFor(milliseconds(30));
      heddle::Blocking([] { ComputeFor(milliseconds(5)); });
      heddle::Yield();
      ++done;
    });
  }
  OthersGoOn();
  wg.Wait();
  Check(done == 8, "all done");
}

void ProcsLowered() {
  heddle::MaxProcs(4);
  heddle::WaitGroup wg;
  std::atomic<int> started{0};
  for (int i = 0; i < 4; ++i) {
    wg.Go([&] {
      ++started;
      Compute();
    });
  }
  while (started < 4) heddle::Sleep(milliseconds(1));
  heddle::MaxProcs(1);
  OthersGoOn();
  heddle::MaxProcs(2);
  OthersGoOn();
  stop = true;
  wg.Wait();
  OthersGoOn();
}

void Again() {
  heddle::Channel<int> c(4);
  heddle::WaitGroup wg;
  heddle::Mutex mutex;
  for (int t = 0; t < 4; ++t) {
    wg.Go([&, t] {
      for (int i = 0; i < 5; ++i) {
        ComputeFor(milliseconds(12));
        if (t % 2 == 0) {
          c.Send(i);
        } else {
          c.Recv();
        }
        heddle::MutexLock lock(mutex);
        heddle::Yield();
      }
    });
  }
  OthersGoOn();
  wg.Wait();
  Check(c.Len() == 0, "all received");
}

}  // namespace

int main(int argc, char** argv) {
  const char* what = argc > 1 ? argv[1] : "compute";
  if (std::getenv("HEDDLE_PROCS") == nullptr) heddle::MaxProcs(1);
  Check(heddle::MaxProcs() == 1, "one worker");
  const auto is = [&](const char* name) { return std::strcmp(what, name) == 0; };
  if (is("compute")) {
    ComputeForever(1);
  } else if (is("many")) {
    ComputeForever(5);
  } else if (is("mutex")) {
    ForeignMutex();
  } else if (is("read")) {
    ReadOfPipe();
  } else if (is("queued")) {
    Queued();
  } else if (is("blocking")) {
    BesideBlocking();
  } else if (is("procs")) {
    ProcsLowered();
  } else if (is("again")) {
    Again();
  } else {
    Check(false, "the argument");
  }
  std::printf("went on\n");
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <unistd.h>

#include <chrono>
#include <future>
#include <mutex>
#include <thread>

int Measure();

struct Inbox {
  heddle::Mutex mu;
  heddle::Cond filled{mu};
  int letters = 0;
};

// Plain threads may block.
void OnAThread() {
  std::thread outer([] {
    std::thread inner(Measure);
    inner.join();
  });
  outer.join();
}

void OnMain() {
  std::future<int> one = std::async(std::launch::async, Measure);
  heddle::WaitGroup wg;
  wg.Go([] { Measure(); });
  wg.Wait();
  one.get();
}

// On a thread that is lent for it.
void Lent() {
  heddle::WaitGroup wg;
  wg.Go([] {
    std::future<int> one = std::async(std::launch::async, Measure);
    heddle::Blocking([&one] { return one.get(); });
  });
  wg.Wait();
}

// Waits of goroutines give the thread away.
void Goroutines() {
  heddle::WaitGroup outer;
  outer.Go([] {
    heddle::WaitGroup inner;
    inner.Go([] { Measure(); });
    inner.Wait();
  });
  outer.Wait();
}

// Parks the goroutine alone, or sleeps on a thread of its own.
void Sleeps(Inbox& inbox) {
  heddle::WaitGroup wg;
  wg.Go([] { heddle::Sleep(std::chrono::milliseconds(1)); });
  wg.Go([] { heddle::Blocking([] { ::usleep(10); }); });
  wg.Go([&inbox] {
    heddle::MutexLock lock(inbox.mu);
    inbox.filled.Wait([&inbox] { return inbox.letters > 0; });
  });
  std::thread([] { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }).join();
  wg.Wait();
}

// For a moment, and no longer.
void Locks(std::mutex& mu, int& sum) {
  heddle::WaitGroup wg;
  wg.Go([&] {
    std::lock_guard<std::mutex> lock(mu);
    sum += Measure();
  });
  wg.Wait();
}

// The call fills what it is given: nothing is known of it behind.
int Reads(int door) {
  int count = 0;
  ::read(door, &count, sizeof count);
  heddle::Mutex mu;
  mu.Lock();
  if (count > 0) {
    mu.Unlock();
    return count;
  }
  mu.Unlock();
  return 0;
}

// A function of that name is no call of the operating system's.
void wait(heddle::Channel<int> letters, int) { letters.Recv(); }
void Named(heddle::Channel<int> letters) {
  heddle::WaitGroup wg;
  wg.Go([letters] { wait(letters, 1); });
  letters.Close();
  wg.Wait();
}

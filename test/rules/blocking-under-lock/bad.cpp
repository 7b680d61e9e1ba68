// RUN: %expect-only=-*,heddle-blocking-under-lock -- %s
#include <heddle/heddle.h>

#include <mutex>
#include <thread>

heddle::Mutex mu;
int sum = 0;

// The receiver needs the lock for each message.
void Sends() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 3; ++i) {
      heddle::MutexLock lock(mu);  // note: "'mu' is acquired here"
      numbers.Send(i);  // want: blocking-under-lock "this send on 'numbers' blocks while 'mu' is held"
    }
  });
  for (int i = 0; i < 3; ++i) {
    {
      heddle::MutexLock lock(mu);
      ++sum;
    }
    numbers.Recv();
  }
  wg.Wait();
}

// The sender needs it before it sends.
void Receives() {
  heddle::Channel<int> answer;
  heddle::WaitGroup wg;
  wg.Go([&] {
    mu.Lock();  // note: "needs 'mu' here"
    int n = ++sum;
    mu.Unlock();
    answer.Send(n);
  });
  mu.Lock();
  answer.Recv();  // want: blocking-under-lock error "this receive from 'answer' blocks while 'mu' is held"
  mu.Unlock();
  wg.Wait();
}

// Every task that is waited for needs it.
void Waits() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i)
    wg.Go([] {
      heddle::MutexLock lock(mu);
      ++sum;
    });
  heddle::MutexLock lock(mu);
  wg.Wait();  // want: blocking-under-lock "this wait for 'wg' blocks while 'mu' is held"
}

// A thread of the operating system.
std::mutex os_mu;
void Joins() {
  std::thread worker([] {
    std::lock_guard<std::mutex> lock(os_mu);
    ++sum;
  });
  std::lock_guard<std::mutex> lock(os_mu);
  worker.join();  // want: blocking-under-lock "this join of 'worker' blocks while 'os_mu' is held"
}

int main() {
  Sends();
  Receives();
  Waits();
  Joins();
}

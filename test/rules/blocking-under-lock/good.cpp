// RUN: %expect-only=-*,heddle-blocking-under-lock -- %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <mutex>
#include <thread>

heddle::Mutex mu;
int sum = 0;

// Room for all that is sent.
void HasRoom() {
  heddle::Channel<int> numbers(3);
  heddle::WaitGroup wg;
  wg.Go([&] {
    heddle::MutexLock lock(mu);
    numbers.Send(1);
  });
  {
    heddle::MutexLock lock(mu);
    ++sum;
  }
  numbers.Recv();
  wg.Wait();
}

// The receiver needs no lock.
void PartnerIsFree() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    heddle::MutexLock lock(mu);
    numbers.Send(1);
  });
  numbers.Recv();
  wg.Wait();
}

// Nobody there: goes on at once.
void GoesOn() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    heddle::MutexLock lock(mu);
    heddle::Select(heddle::OnSend(numbers, 1), heddle::OnDefault([] {}));
  });
  {
    heddle::MutexLock lock(mu);
    ++sum;
  }
  numbers.TryRecv();
  wg.Wait();
}

// Given back before the wait.
void GivesBack() {
  heddle::WaitGroup wg;
  wg.Go([] {
    heddle::MutexLock lock(mu);
    ++sum;
  });
  mu.Lock();
  ++sum;
  mu.Unlock();
  wg.Wait();
}

// A condition gives its own lock back while it is waited for.
std::mutex os_mu;
std::condition_variable ready;
bool is_ready = false;
void OwnLock() {
  std::thread worker([] {
    std::lock_guard<std::mutex> lock(os_mu);
    is_ready = true;
    ready.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(os_mu);
    ready.wait(lock, [] { return is_ready; });
  }
  worker.join();
}

int main() {
  HasRoom();
  PartnerIsFree();
  GoesOn();
  GivesBack();
  OwnLock();
}

// RUN: %expect-only=-*,heddle-lock-order -- %s
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

// Two tasks, two locks.
std::mutex kitchen, cellar;

void Cook() {
  std::lock_guard<std::mutex> k(kitchen);  // note: "'kitchen' is acquired here"
  std::lock_guard<std::mutex> c(cellar);  // want: lock-order "'cellar' is acquired here while 'kitchen' is held"
}

void Fetch() {
  std::lock_guard<std::mutex> c(cellar);  // note: "'cellar' is acquired here"
  std::lock_guard<std::mutex> k(kitchen);  // note: "'kitchen' is acquired here while 'cellar' is held"
}

void CookAndFetch() {
  std::thread cook(Cook);
  std::thread fetch(Fetch);
  cook.join();
  fetch.join();
}

// A ring of three.
heddle::Mutex north, east, south;

void ThreeInARing() {
  heddle::WaitGroup wg;
  wg.Go([] {
    heddle::MutexLock a(north);
    heddle::MutexLock b(east);  // want: lock-order "'east' is acquired here while 'north' is held"
  });
  wg.Go([] {
    heddle::MutexLock a(east);
    heddle::MutexLock b(south);  // note: "'south' is acquired here while 'east' is held"
  });
  wg.Go([] {
    heddle::MutexLock a(south);
    heddle::MutexLock b(north);  // note: "'north' is acquired here while 'south' is held"
  });
  wg.Wait();
}

// A reader and a writer.
std::shared_mutex index_mu;
std::mutex page_mu;

void ReadersToo() {
  std::thread reader([] {
    std::shared_lock<std::shared_mutex> i(index_mu);
    std::lock_guard<std::mutex> p(page_mu);  // want: lock-order "'page_mu' is acquired here while 'index_mu' is held"
  });
  {
    std::lock_guard<std::mutex> p(page_mu);
    std::unique_lock<std::shared_mutex> i(index_mu);
  }
  reader.join();
}

// The starter itself is one of the two; by hand, not by guards.
void BesideItsTask() {
  heddle::Mutex inbox, outbox;
  heddle::WaitGroup wg;
  wg.Go([&] {
    inbox.Lock();
    outbox.Lock();  // want: lock-order "'outbox' is acquired here while 'inbox' is held"
    outbox.Unlock();
    inbox.Unlock();
  });
  outbox.Lock();
  inbox.Lock();
  inbox.Unlock();
  outbox.Unlock();
  wg.Wait();
}

int main() {
  CookAndFetch();
  ThreeInARing();
  ReadersToo();
  BesideItsTask();
}

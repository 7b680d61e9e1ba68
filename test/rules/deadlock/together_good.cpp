// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>

struct Shelf {
  std::mutex mu;
  int books = 0;
};

void CarryByGuards(Shelf& from, Shelf& to) {
  std::unique_lock out(from.mu, std::defer_lock);
  std::unique_lock in(to.mu, std::defer_lock);
  std::lock(out, in);
  --from.books;
  ++to.books;
}

void CarryByLocks(Shelf& from, Shelf& to) {
  std::lock(from.mu, to.mu);
  std::lock_guard out(from.mu, std::adopt_lock);
  std::lock_guard in(to.mu, std::adopt_lock);
  --from.books;
  ++to.books;
}

void BothWays() {
  Shelf left, right;
  heddle::WaitGroup carriers;
  carriers.Go([&] { CarryByGuards(left, right); });
  carriers.Go([&] { CarryByGuards(right, left); });
  carriers.Go([&] { CarryByLocks(left, right); });
  carriers.Go([&] { CarryByLocks(right, left); });
  carriers.Wait();
}

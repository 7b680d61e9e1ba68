// RUN: %expect %s
// One after the other is an order; std::lock is none.
#include <heddle/heddle.h>

#include <mutex>

struct Shelf {
  std::mutex mu;
  int books = 0;
};

void Carry(Shelf& from, Shelf& to) {
  std::unique_lock out(from.mu, std::defer_lock);
  std::unique_lock in(to.mu, std::defer_lock);
  out.lock();
  in.lock();  // want: lock-order "opposite order"
  --from.books;
  ++to.books;
}

void BothWays() {
  Shelf left, right;
  heddle::WaitGroup carriers;
  carriers.Go([&] { Carry(left, right); });
  carriers.Go([&] { Carry(right, left); });
  carriers.Wait();
}

// What std::lock took is held afterwards.
void NotGivenBack() {
  Shelf shelf, other;
  std::lock(shelf.mu, other.mu);
  shelf.mu.lock();  // want: double-lock "acquired again"
  shelf.mu.unlock();
  other.mu.unlock();
}

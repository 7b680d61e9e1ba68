// RUN: %expect %s
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>
#include <vector>

std::mutex mu, other;
std::recursive_mutex recursive;
std::shared_mutex shared_mu;

void Sequence() {
  { std::lock_guard<std::mutex> first(mu); }
  std::lock_guard<std::mutex> second(mu);
}

void Both() {
  std::scoped_lock both(mu, other);
}

void Recursive() {
  std::lock_guard<std::recursive_mutex> outer(recursive);
  std::lock_guard<std::recursive_mutex> inner(recursive);
}

void Adopts() {
  mu.lock();
  std::lock_guard<std::mutex> lock(mu, std::adopt_lock);
}

void Deferred() {
  std::unique_lock<std::mutex> a(mu, std::defer_lock), b(other, std::defer_lock);
  std::lock(a, b);
}

void Tries() {
  std::lock_guard<std::mutex> lock(mu);
  if (mu.try_lock()) mu.unlock();
}

void Relocks() {
  std::unique_lock<std::mutex> lock(mu);
  lock.unlock();
  lock.lock();
}

void Moves() {
  std::unique_lock<std::mutex> a(mu);
  std::unique_lock<std::mutex> b = std::move(a);
  b.unlock();
  std::lock_guard<std::mutex> c(mu);
}

void Readers() {
  std::shared_lock one(shared_mu);
  std::shared_lock two(shared_mu);
}

// Different accounts, different locks.
struct Account {
  std::mutex mu_;
  int balance_ = 0;
};
void Transfer(Account& from, Account& to) {
  std::lock_guard<std::mutex> lock_from(from.mu_);
  std::lock_guard<std::mutex> lock_to(to.mu_);
  --from.balance_;
  ++to.balance_;
}
void All(std::vector<Account>& accounts) {
  for (Account& a : accounts) a.mu_.lock();
  for (Account& a : accounts) a.mu_.unlock();
}

void SameCondition(bool locked) {
  if (!locked) mu.lock();
  if (locked) mu.lock();
  mu.unlock();
}

void Exceptional() {
  try {
    std::lock_guard<std::mutex> lock(mu);
    throw 1;
  } catch (int) {
    std::lock_guard<std::mutex> lock(mu);
  }
}

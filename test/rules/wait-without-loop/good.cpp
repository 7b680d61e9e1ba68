// RUN: %expect-only=heddle-wait-without-loop -- %s
#include <heddle/heddle.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

using namespace std::chrono_literals;

// Loops of every kind, and a predicate.
class Ferry {
 public:
  void Land(int seat) {
    std::lock_guard<std::mutex> lock(mu_);
    seats_.push_back(seat);
    landed_.notify_one();
  }
  int Board() {
    std::unique_lock<std::mutex> lock(mu_);
    while (seats_.empty()) landed_.wait(lock);
    return Take();
  }
  int BoardByPredicate() {
    std::unique_lock<std::mutex> lock(mu_);
    landed_.wait(lock, [this] { return !seats_.empty(); });
    return Take();
  }
  int BoardAtLeastOnce() {
    std::unique_lock<std::mutex> lock(mu_);
    do {
      landed_.wait(lock);
    } while (seats_.empty());
    return Take();
  }
  int BoardByGoto() {
    std::unique_lock<std::mutex> lock(mu_);
  again:
    if (seats_.empty()) {
      landed_.wait(lock);
      goto again;
    }
    return Take();
  }
  // Who gets nothing comes again.
  std::optional<int> TryBoard() {
    std::unique_lock<std::mutex> lock(mu_);
    if (seats_.empty()) landed_.wait(lock);
    if (seats_.empty()) return std::nullopt;
    return Take();
  }
  void Work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mu_);
      if (seats_.empty()) landed_.wait(lock);
      if (!seats_.empty() && Take() == 0) return;
    }
  }
  // A sleep that can be cut short.
  void Doze() {
    std::unique_lock<std::mutex> lock(mu_);
    landed_.wait_for(lock, 5ms);
  }

 private:
  int Take() {
    const int seat = seats_.front();
    seats_.pop_front();
    return seat;
  }
  std::mutex mu_;
  std::condition_variable landed_;
  std::deque<int> seats_;
};

// The one that answers starts, or is asked, while the lock is held: it cannot
// have answered before the wait.
class Echo {
 public:
  void CallOnce() {
    heddle::MutexLock lock(mu_);
    heddle::go([this] {
      heddle::MutexLock inner(mu_);
      answered_.Signal();
    });
    answered_.Wait();
  }
  void Ask() {
    heddle::MutexLock lock(mu_);
    asked_.Signal();
    answered_.Wait();
  }
  void AskByHelper() {
    heddle::MutexLock lock(mu_);
    Knock();
    answered_.Wait();
  }

 private:
  void Knock() { asked_.Signal(); }
  heddle::Mutex mu_;
  heddle::Cond asked_{mu_}, answered_{mu_};
};

// A condition of one's own: another lock is given back before the wait.
class OwnCondition {
 public:
  void Wait(heddle::Mutex& outer) {
    std::unique_lock<std::mutex> lock(mu_);
    outer.Unlock();
    woken_.wait(lock);
    lock.unlock();
    outer.Lock();
  }
  void Wake() {
    std::lock_guard<std::mutex> lock(mu_);
    woken_.notify_one();
  }

 private:
  std::mutex mu_;
  std::condition_variable woken_;
};

// The lock is the caller's, and who that is no unit shows.
class Handle {
 public:
  void Wait(std::unique_lock<std::mutex>& lock) { changed_.wait(lock); }
  void WaitAdopted(std::mutex& mu) {
    std::unique_lock<std::mutex> lock(mu, std::adopt_lock);
    changed_.wait(lock);
    lock.release();
  }

 private:
  std::condition_variable changed_;
};

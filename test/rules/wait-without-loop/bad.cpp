// RUN: %expect-only=heddle-wait-without-loop -- %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <deque>
#include <mutex>

// Waits for the next whistle, whenever that is.
class Whistle {
 public:
  void Blow() {
    std::lock_guard<std::mutex> lock(mu_);
    blown_.notify_all();
  }
  void Hear() {
    std::unique_lock<std::mutex> lock(mu_);  // note: "the lock is acquired here"
    blown_.wait(lock);  // want: wait-without-loop "this wait for 'blown_'"
  }

 private:
  std::mutex mu_;
  std::condition_variable blown_;
};

// Looks once, before the wait: another passenger may be quicker.
class Ferry {
 public:
  void Land(int seat) {
    heddle::MutexLock lock(mu_);
    seats_.push_back(seat);
    landed_.Broadcast();
  }
  int Board() {
    heddle::MutexLock lock(mu_);
    if (seats_.empty()) landed_.Wait();  // want: wait-without-loop "this wait for 'landed_'"
    const int seat = seats_.front();
    seats_.pop_front();
    return seat;
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond landed_{mu_};
  std::deque<int> seats_;
};

// A loop that goes round once at most is none.
class Kiln {
 public:
  void Heat() {
    std::lock_guard<std::mutex> lock(mu_);
    is_hot_ = true;
    hot_.notify_one();
  }
  void Fire() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!is_hot_) {
      hot_.wait(lock);  // want: wait-without-loop "no predicate and no loop"
      break;
    }
    ++fired_;
  }

 private:
  std::mutex mu_;
  std::condition_variable hot_;
  bool is_hot_ = false;
  int fired_ = 0;
};

// Locked by hand; what is looked at afterwards is something else.
class Lock {
 public:
  void Raise() {
    mu_.Lock();
    level_ = 2;
    raised_.Signal();
    mu_.Unlock();
  }
  bool Enter(bool in_a_hurry) {
    mu_.Lock();
    if (level_ < 2) raised_.Wait();  // want: wait-without-loop "this wait for 'raised_'"
    if (!in_a_hurry) ++polite_;
    mu_.Unlock();
    return true;
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond raised_{mu_};
  int level_ = 0, polite_ = 0;
};

// The loop is around the whole visit, lock and all.
void VisitAll(Whistle& whistle) {
  for (int i = 0; i < 3; ++i) whistle.Hear();
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

class Belt {
 public:
  void Load(int parcel) {
    std::lock_guard<std::mutex> lock(mu_);
    parcels_.push_back(parcel);
    moved_.notify_one();
  }
  void SwitchOff() {
    std::lock_guard<std::mutex> lock(mu_);
    is_off_ = true;
    moved_.notify_all();
  }
  bool Unload(int& parcel) {
    std::unique_lock<std::mutex> lock(mu_);
    while (parcels_.empty()) {
      if (is_off_) return false;
      moved_.wait(lock);
    }
    parcel = parcels_.front();
    parcels_.pop_front();
    return true;
  }

 private:
  std::mutex mu_;
  std::condition_variable moved_;
  std::deque<int> parcels_;
  bool is_off_ = false;
};

void UnloadAll(Belt& belt) {
  int parcel = 0;
  while (belt.Unload(parcel)) {
  }
}

class Bridge {
 public:
  void Lower() {
    heddle::MutexLock lock(mu_);
    is_down_ = true;
    lowered_.Signal();
  }
  // Who crosses calls the next one.
  void Cross() {
    heddle::MutexLock lock(mu_);
    while (!is_down_) lowered_.Wait();
    lowered_.Signal();
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond lowered_{mu_};
  bool is_down_ = false;
};

void CrossTogether() {
  Bridge bridge;
  heddle::WaitGroup carts;
  for (int i = 0; i < 2; ++i) carts.Go([&] { bridge.Cross(); });
  bridge.Lower();
  carts.Wait();
}

// What is looked at is out of sight: by the wait's end it has come.
std::string LastNews();
class Board {
 public:
  void Post() {
    heddle::MutexLock lock(mu_);
    posted_.Broadcast();
  }
  void Read() {
    heddle::MutexLock lock(mu_);
    while (LastNews().empty()) posted_.Wait();
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond posted_{mu_};
};

void ReadAndPost() {
  Board board;
  heddle::WaitGroup wg;
  wg.Go([&] { board.Read(); });
  board.Post();
  wg.Wait();
}

// A number by reference, under a lock of the caller's.
void Await(std::mutex& mu, std::condition_variable& changed, const int& stage) {
  std::unique_lock<std::mutex> lock(mu);
  while (stage < 2) changed.wait(lock);
}

void InStages() {
  std::mutex mu;
  std::condition_variable changed;
  int stage = 0;
  std::thread waiter(Await, std::ref(mu), std::ref(changed), std::cref(stage));
  for (int i = 1; i <= 2; ++i) {
    std::lock_guard<std::mutex> lock(mu);
    stage = i;
    changed.notify_all();
  }
  waiter.join();
}

int main() {
  Belt belt;
  std::thread worker([&] { UnloadAll(belt); });
  belt.Load(1);
  belt.SwitchOff();
  worker.join();
}

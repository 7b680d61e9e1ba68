// RUN: %expect %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

// The end is said, but nobody who sleeps hears it.
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
  }
  bool Unload(int& parcel) {
    std::unique_lock<std::mutex> lock(mu_);
    while (parcels_.empty()) {
      if (is_off_) return false;
      moved_.wait(lock);  // want: deadlock "waiting for 'moved_'" want: leaked-task "waiting for 'moved_'"
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

// One signal, two who wait for it.
class Bridge {
 public:
  void Lower() {
    heddle::MutexLock lock(mu_);
    is_down_ = true;
    lowered_.Signal();
  }
  void Cross() {
    heddle::MutexLock lock(mu_);
    while (!is_down_) lowered_.Wait();  // want: deadlock "waiting for 'lowered_'"
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

int main() {
  Belt belt;
  std::thread worker([&] { UnloadAll(belt); });
  belt.Load(1);
  belt.SwitchOff();
  worker.join();
}

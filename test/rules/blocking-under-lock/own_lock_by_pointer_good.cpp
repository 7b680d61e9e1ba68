// A condition that reaches its lock through a pointer gives back that lock.
// RUN: %expect %s
#include <condition_variable>
#include <mutex>
#include <thread>

class Gate {
 public:
  void Close() { mu_.lock(); }
  void Open() { mu_.unlock(); }

 private:
  friend class Bell;
  std::mutex mu_;
};

class Bell {
 public:
  explicit Bell(Gate* gate) : gate_(gate) {}
  void Await() {
    std::unique_lock<std::mutex> lock(gate_->mu_, std::adopt_lock);
    rung_.wait(lock);
    lock.release();
  }
  void Ring() { rung_.notify_one(); }

 private:
  std::condition_variable rung_;
  Gate* const gate_;
};

class Farm {
 public:
  Farm() : bell_(&gate_) {}
  void Eat() {
    gate_.Close();
    while (!cooked_) bell_.Await();
    gate_.Open();
  }
  void Cook() {
    gate_.Close();
    cooked_ = true;
    bell_.Ring();
    gate_.Open();
  }

 private:
  Gate gate_;
  Bell bell_;
  bool cooked_ = false;
};

int main() {
  Farm farm;
  std::thread cook([&] { farm.Cook(); });
  farm.Eat();
  cook.join();
}

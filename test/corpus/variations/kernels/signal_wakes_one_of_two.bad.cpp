// What: A gate is opened with a signal, which wakes only one of the two that wait at it.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>

class Gate {
 public:
  void Pass(const std::string& who) {
    mu_.Lock();
    while (!open_) changed_.Wait();  // bug: deadlock, leaked-task, wait-without-loop
    mu_.Unlock();
    std::printf("%s passes\n", who.c_str());
  }

  void Open() {
    mu_.Lock();
    open_ = true;
    mu_.Unlock();
    changed_.Signal();  // bug: deadlock, leaked-task, wait-without-loop
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  bool open_ = false;
};

int main() {
  Gate gate;
  heddle::WaitGroup visitors;
  visitors.Go(&Gate::Pass, &gate, "ada");  // bug: leaked-task
  visitors.Go(&Gate::Pass, &gate, "bob");  // bug: leaked-task
  gate.Open();
  visitors.Wait();  // bug: deadlock
}

// What: A gate is opened with a broadcast, which wakes all that wait at it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>

class Gate {
 public:
  void Pass(const std::string& who) {
    mu_.Lock();
    while (!open_) changed_.Wait();
    mu_.Unlock();
    std::printf("%s passes\n", who.c_str());
  }

  void Open() {
    mu_.Lock();
    open_ = true;
    mu_.Unlock();
    changed_.Broadcast();
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  bool open_ = false;
};

int main() {
  Gate gate;
  heddle::WaitGroup visitors;
  visitors.Go(&Gate::Pass, &gate, "ada");
  visitors.Go(&Gate::Pass, &gate, "bob");
  gate.Open();
  visitors.Wait();
}

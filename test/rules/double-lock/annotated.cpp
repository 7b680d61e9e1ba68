// RUN: %expect %s
// Locks made by hand and known by their attributes; see also
// ../unguarded-global/good_annotated.cpp.
#include <atomic>
#include <mutex>

class __attribute__((capability("mutex"))) Gate {
public:
  void enter() __attribute__((acquire_capability())) {
    while (busy_.exchange(true)) {
    }
  }
  void enterShared() __attribute__((acquire_shared_capability())) { enter(); }
  void leave() __attribute__((release_capability())) { busy_ = false; }
  void leaveShared() __attribute__((release_generic_capability())) { leave(); }

private:
  std::atomic<bool> busy_{false};
};

// Around a lock that is known: read by its body.
class __attribute__((capability("mutex"))) Wrapped {
public:
  void lock() __attribute__((acquire_capability())) { mu_.lock(); }
  void unlock() __attribute__((release_capability())) { mu_.unlock(); }

private:
  std::mutex mu_;
};

Gate gate;
Wrapped wrapped;

void Twice() {
  gate.enter(); // note: "held since|acquired here"
  gate.enter(); // want: double-lock "'gate' is acquired again"
  gate.leave();
  gate.leave();
}
void Readers() {
  gate.enterShared();
  gate.enterShared();
  gate.leaveShared();
  gate.leaveShared();
}
void InTurn() {
  gate.enter();
  gate.leave();
  gate.enterShared();
  gate.leaveShared();
  gate.enter();
  gate.leave();
  wrapped.lock();
  wrapped.unlock();
  wrapped.lock();
  wrapped.unlock();
}

int main() {
  Readers();
  InTurn();
}

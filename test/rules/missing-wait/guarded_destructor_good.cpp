// RUN: %expect %s
// A destructor that waits unless somebody has stopped it before: who asks knows.
#include <heddle/heddle.h>

#include <utility>

class Pulse {
 public:
  Pulse() {
    beating_.Go([this] { stop_.Recv(); });
  }
  ~Pulse() { Stop(); }
  void Stop() {
    if (std::exchange(stopped_, true)) return;
    stop_.Close();
    beating_.Wait();
  }

 private:
  heddle::Channel<heddle::Unit> stop_;
  bool stopped_ = false;
  heddle::WaitGroup beating_;
};

bool Likely();

int main() {
  Pulse pulse;
  if (Likely()) pulse.Stop();
}

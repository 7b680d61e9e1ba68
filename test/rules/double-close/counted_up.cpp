// RUN: %expect %s
// A sum that comes to its limit in a few large steps is followed, however large
// the limit is.
#include <heddle/heddle.h>

class Parking {
 public:
  explicit Parking(int metres) : metres_(metres) {}

  void Admit(int length) {
    if (full_) return;
    taken_ += length;
    if (taken_ >= metres_) {
      Shut();
      full_ = true;
    }
  }
  void Night() { Shut(); }
  void Guard() {
    while (gate_.Recv()) {
    }
  }

 private:
  void Shut() { gate_.Close(); }  // want: double-close "closed"

  const int metres_;
  int taken_ = 0;
  bool full_ = false;
  heddle::Channel<int> gate_;
};

int main() {
  Parking street(70'000);
  heddle::WaitGroup guards;
  guards.Go([&street] { street.Guard(); });
  for (int truck = 0; truck < 4; ++truck) street.Admit(18'000);
  street.Night();
  guards.Wait();
}

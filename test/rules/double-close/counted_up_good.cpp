// RUN: %expect %s
// The limit is one that four large steps do not come to, and a loop that takes
// too many steps to be followed is not guessed at.
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
  void Shut() { gate_.Close(); }

  const int metres_;
  int taken_ = 0;
  bool full_ = false;
  heddle::Channel<int> gate_;
};

void Trucks() {
  Parking street(80'000);
  heddle::WaitGroup guards;
  guards.Go([&street] { street.Guard(); });
  for (int truck = 0; truck < 4; ++truck) street.Admit(18'000);
  street.Night();
  guards.Wait();
}

void Bicycles() {
  Parking street(80'000);
  heddle::WaitGroup guards;
  guards.Go([&street] { street.Guard(); });
  for (int bicycle = 0; bicycle < 39'999; ++bicycle) street.Admit(2);
  street.Night();
  guards.Wait();
}

int main() {
  Trucks();
  Bicycles();
}

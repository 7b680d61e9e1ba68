// Loops that fit each other are no deadlock. One that is longer than the engine
// counts decides nothing.
// RUN: %expect %s
#include <heddle/heddle.h>

void RoomForAll() {
  heddle::Channel<int> numbers(64);
  for (int i = 0; i < 64; ++i) numbers.Send(i);
  numbers.Close();
}

void AsManyAsAreTaken() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 100; ++i) numbers.Send(i);
  });
  for (int i = 0; i < 100; ++i) numbers.Recv();
  wg.Wait();
}

void MoreThanIsCounted() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 0; i < 100000; ++i) numbers.Send(i);
  });
  for (int i = 0; i < 100000; ++i) numbers.Recv();
  wg.Wait();
}

// The members are counted in different functions.
class Packer {
 public:
  void Run() {
    while (packed_ < kBoxes) {
      if (asked_ < kBoxes) Ask(++asked_);
      boxes_.Recv();
      Pack();
    }
  }
  void Feed() {
    while (orders_.Recv()) boxes_.Send(1);
  }
  void End() { orders_.Close(); }

 private:
  static constexpr int kBoxes = 40;
  void Ask(int box) { orders_.Send(box); }
  void Pack() { ++packed_; }

  heddle::Channel<int> orders_{1};
  heddle::Channel<int> boxes_;
  int asked_ = 0;
  int packed_ = 0;
};

void Pack() {
  Packer packer;
  heddle::WaitGroup feeding;
  feeding.Go([&] { packer.Feed(); });
  packer.Run();
  packer.End();
  feeding.Wait();
}

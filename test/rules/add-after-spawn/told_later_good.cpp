// RUN: %expect %s
// As told_first.cpp, but who is told of a letter is told after it was counted.
#include <heddle/heddle.h>

class PostOffice {
 public:
  explicit PostOffice(int carriers) {
    for (int i = 0; i < carriers; ++i)
      carriers_.Go([this] {
        for (int letter : bag_) Deliver(letter);
      });
  }
  void Post(int letter) {
    underway_.Add(1);
    bag_.Send(letter);
  }
  void AwaitAll() { underway_.Wait(); }
  void Close() {
    bag_.Close();
    carriers_.Wait();
  }

 private:
  void Deliver(int) { underway_.Done(); }

  heddle::Channel<int> bag_{2};
  heddle::WaitGroup underway_;
  heddle::WaitGroup carriers_;
};

void Day() {
  PostOffice office(2);
  for (int letter = 0; letter < 5; ++letter) office.Post(letter);
  office.AwaitAll();
  office.Close();
}

void OneParcel() {
  heddle::WaitGroup underway;
  heddle::Channel<int> hatch;
  heddle::go([&] {
    hatch.Recv();
    underway.Done();
  });
  underway.Add(1);
  hatch.Send(1);
  underway.Wait();
}

// RUN: %expect %s
// A task that waits to be told may be through with it before it is counted.
#include <heddle/heddle.h>

class PostOffice {
 public:
  void Open() {
    carriers_.Go([this] {
      for (int letter : bag_) Deliver(letter);
    });
  }
  void Post(int letter) {
    bag_.Send(letter);
    underway_.Add(1);  // want: add-after-spawn "the task's Done may come first"
  }
  void Close() {
    underway_.Wait();
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
  PostOffice office;
  office.Open();
  office.Post(1);
  office.Close();
}

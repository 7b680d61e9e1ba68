// Members that a function initialises, of objects that a factory makes: what
// the function returns is what they are.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <memory>

heddle::Channel<int> TwoSlips() { return heddle::Channel<int>(2); }

struct Letterbox {
  heddle::Channel<int> slot = heddle::Channel<int>::Nil();
  heddle::Channel<int> basket = TwoSlips();
};

void Post() {
  auto box = std::make_unique<Letterbox>();
  box->slot.Send(1);  // want: nil-channel "nil"
}

void PostLater() {
  auto box = std::make_shared<Letterbox>();
  box->basket.Send(1);
  box->basket.Send(2);
  box->slot = box->basket;
  box->slot.Recv();
}

int main() {
  PostLater();
  Post();
}

// main returns while goroutines run, park and sleep.
#include <heddle/heddle.h>

#include <chrono>
#include <string>

std::string* text = new std::string("x");

int main() {
  heddle::Channel<int> ready;
  for (int i = 0; i < 8; ++i) {
    heddle::go([ready] {
      ready.Send(1);
      for (;;) {
        std::string copy = *text + *text;
        heddle::Yield();
      }
    });
    heddle::go([] { heddle::Sleep(std::chrono::hours(1)); });
    heddle::go([] { heddle::Channel<int>::Nil().Recv(); });
  }
  for (int i = 0; i < 8; ++i) ready.Recv();
}

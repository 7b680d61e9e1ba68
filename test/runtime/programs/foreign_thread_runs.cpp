// Everything that the runtime knows is asleep, but a thread of which it does not know
// wakes main in the end: no deadlock.
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <thread>

int main() {
  heddle::Channel<int> c;
  std::thread sender([c] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    c.Send(7);
  });
  std::printf("got %d\n", c.Recv().value());
  sender.join();
}

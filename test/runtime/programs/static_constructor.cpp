// The runtime used before main: by the constructor of a static object, which waits for
// goroutines, a timer and a mutex. (The program's own objects are constructed before
// those of a library that is linked behind it.)
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>

struct Early {
  Early() {
    heddle::Channel<int> c;
    heddle::Mutex mutex;
    heddle::WaitGroup wg;
    for (int i = 0; i < 10; ++i) {
      wg.Go([&] {
        heddle::Sleep(std::chrono::milliseconds(1));
        heddle::MutexLock lock(mutex);
        sum += c.Recv().value_or(0);
      });
    }
    for (int i = 0; i < 10; ++i) c.Send(i);
    wg.Wait();
    heddle::After(std::chrono::milliseconds(1)).Recv();
  }
  int sum = 0;
};

Early early;

int main() { std::printf("sum %d\n", early.sum); }

// A thread that the runtime has never seen works for a while and then ends; only then is
// everything asleep.
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <thread>

int main() {
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::printf("thread ends\n");
    std::fflush(stdout);
  }).detach();
  heddle::Channel<int>().Recv();
}

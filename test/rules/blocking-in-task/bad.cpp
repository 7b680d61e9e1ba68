// RUN: %expect %s
#include <heddle/heddle.h>

#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

int Measure();

void Future() {
  heddle::WaitGroup wg;
  wg.Go([] {  // note: "is started here"
    std::future<int> one = std::async(std::launch::async, Measure);
    one.get();  // want: blocking-in-task warning "a goroutine blocks its thread here, waiting for 'one'"
  });
  wg.Wait();
}

void Thread() {
  heddle::WaitGroup wg;
  wg.Go([] {
    std::thread helper(Measure);
    helper.join();  // want: blocking-in-task "waiting for 'helper'"
  });
  wg.Wait();
}

void Destructor() {
  heddle::WaitGroup wg;
  wg.Go([] {
    std::jthread helper(Measure);
  });  // want: blocking-in-task "waiting for 'helper'"
  wg.Wait();
}

void Given() {
  std::future<int> one = std::async(std::launch::async, Measure);
  heddle::WaitGroup wg;
  wg.Go([&one] { one.wait(); });  // want: blocking-in-task "waiting for 'one'"
  wg.Wait();
}

void Sleeps() {
  heddle::WaitGroup wg;
  wg.Go([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // want: blocking-in-task warning "puts its thread to sleep"
    ::usleep(10);  // want: blocking-in-task warning "puts its thread to sleep"
  });
  wg.Wait();
}

struct Inbox {
  std::mutex mu;
  std::condition_variable filled;
  int letters = 0;
};
void Condition(Inbox& inbox) {
  heddle::WaitGroup wg;
  wg.Go([&inbox] {
    std::unique_lock<std::mutex> lock(inbox.mu);
    inbox.filled.wait(lock, [&inbox] { return inbox.letters > 0; });  // want: blocking-in-task "waiting for 'inbox.filled'"
  });
  wg.Wait();
}

void Latch(std::latch& opened) {
  heddle::WaitGroup wg;
  wg.Go([&opened] { opened.wait(); });  // want: blocking-in-task "waiting for 'opened'"
  wg.Wait();
}

void System(int door) {
  heddle::WaitGroup wg;
  wg.Go([door] {
    char letter[64];
    ::read(door, letter, sizeof letter);  // want: blocking-in-task advice "may block its thread here"
    ::accept(door, nullptr, nullptr);  // want: blocking-in-task advice "may block its thread here"
    ::pause();  // want: blocking-in-task warning "blocks its thread here, in the operating system"
  });
  wg.Wait();
}

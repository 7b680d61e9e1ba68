// RUN: %expect %s
#include <heddle/heddle.h>

#include <future>
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

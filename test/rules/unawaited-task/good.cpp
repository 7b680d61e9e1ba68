// RUN: %expect %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void Upload(const std::string& name) { std::printf("%s\n", name.c_str()); }

// Lives as long as the program, by design.
void Heartbeat() {
  for (;;) heddle::Sleep(std::chrono::seconds(1));
}

// Waits to be told what to do.
void Worker(heddle::Channel<int> jobs) {
  for (int job : jobs) std::printf("%d\n", job);
}

struct Signalled {
  std::mutex mu;
  std::condition_variable changed;
  bool done = false;

  void Finish() {
    std::lock_guard<std::mutex> lock(mu);
    done = true;
    changed.notify_all();
  }
  void Await() {
    std::unique_lock<std::mutex> lock(mu);
    changed.wait(lock, [this] { return done; });
  }
};

int main() {
  heddle::go(Heartbeat);
  heddle::Channel<int> jobs(8);
  heddle::go(Worker, jobs);

  heddle::Channel<heddle::Unit> done;
  heddle::go([done]() mutable {
    Upload("a");
    done.Close();
  });
  done.Recv();

  std::thread joined([] { Upload("b"); });
  joined.join();

  std::vector<std::thread> many;
  for (int i = 0; i < 3; ++i) many.emplace_back([] { Upload("c"); });
  for (std::thread& t : many) t.join();

  std::future<void> future = std::async(std::launch::async, [] { Upload("d"); });
  future.get();

  Signalled signalled;
  heddle::go([&signalled] {
    Upload("e");
    signalled.Finish();
  });
  signalled.Await();

  heddle::TaskGroup group;
  group.Go([] { Upload("f"); });
  group.Wait();

  jobs.Close();
}

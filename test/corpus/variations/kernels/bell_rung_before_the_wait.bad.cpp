// What: A gardener rings a bell when the water is on; a helper that comes to wait after the bell was rung waits for ever, since nothing says that it was.
// Run: hang-some
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

class Bell {
 public:
  void Ring() {
    std::lock_guard<std::mutex> lock(mu_);
    ring_.notify_all();  // bug: wait-without-loop, deadlock
  }

  void Await() {
    std::unique_lock<std::mutex> lock(mu_);
    ring_.wait(lock);  // bug: wait-without-loop, deadlock
  }

 private:
  std::mutex mu_;
  std::condition_variable ring_;
};

class Garden {
 public:
  using Task = std::function<void()>;

  void Plan(Task task) { tasks_.push_back(std::move(task)); }

  void Work() {
    std::vector<std::thread> helpers;
    for (Task& task : tasks_) {
      helpers.emplace_back([this, &task] {  // bug: deadlock
        water_.Await();  // bug: wait-without-loop, deadlock
        task();
      });
    }
    TurnOn();  // bug: wait-without-loop, deadlock
    for (std::thread& helper : helpers) helper.join();  // bug: deadlock
  }

 private:
  void TurnOn() {
    std::printf("water is on\n");
    water_.Ring();  // bug: wait-without-loop, deadlock
  }

  Bell water_;
  std::vector<Task> tasks_;
};

int main() {
  Garden garden;
  for (const char* bed : {"roses", "beans", "herbs"}) {
    garden.Plan([bed] { std::printf("watered the %s\n", bed); });
  }
  garden.Work();  // bug: deadlock
}

// What: A gardener notes that the water is on before the bell is rung; a helper looks at the note before and after each wait.
// Run: clean
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
    rung_ = true;
    ring_.notify_all();
  }

  void Await() {
    std::unique_lock<std::mutex> lock(mu_);
    ring_.wait(lock, [this] { return rung_; });
  }

 private:
  std::mutex mu_;
  std::condition_variable ring_;
  bool rung_ = false;
};

class Garden {
 public:
  using Task = std::function<void()>;

  void Plan(Task task) { tasks_.push_back(std::move(task)); }

  void Work() {
    std::vector<std::thread> helpers;
    for (Task& task : tasks_) {
      helpers.emplace_back([this, &task] {
        water_.Await();
        task();
      });
    }
    TurnOn();
    for (std::thread& helper : helpers) helper.join();
  }

 private:
  void TurnOn() {
    std::printf("water is on\n");
    water_.Ring();
  }

  Bell water_;
  std::vector<Task> tasks_;
};

int main() {
  Garden garden;
  for (const char* bed : {"roses", "beans", "herbs"}) {
    garden.Plan([bed] { std::printf("watered the %s\n", bed); });
  }
  garden.Work();
}

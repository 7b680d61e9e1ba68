// What: A switchboard keeps a promise for each call by its number; a line answers one number twice, and the other caller waits.
// Run: deadlock
#include <cstdio>
#include <future>
#include <map>
#include <mutex>
#include <thread>

class Switchboard {
 public:
  std::shared_future<int> Dial(int number) {
    std::lock_guard<std::mutex> lock(mu_);
    return calls_[number].get_future().share();
  }

  void PickUp(int number, int desk) {
    std::lock_guard<std::mutex> lock(mu_);
    auto call = calls_.find(number);
    if (call == calls_.end()) return;
    call->second.set_value(desk);
    calls_.erase(call);
  }

 private:
  std::mutex mu_;
  std::map<int, std::promise<int>> calls_;
};

int main() {
  Switchboard board;
  std::shared_future<int> first = board.Dial(1);
  std::shared_future<int> second = board.Dial(2);
  std::thread operators([&] {
    board.PickUp(1, 10);
    board.PickUp(1, 20);  // bug: deadlock
  });
  int desks = first.get();
  desks += second.get();  // bug: deadlock
  operators.join();
  std::printf("%d\n", desks);
}

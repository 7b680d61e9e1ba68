// What: A lock keeper waits for the last boat by a bare wait on a condition; the boat may have left, and signalled, before he begins to wait.
// Run: hang-some
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

class CanalLock {
 public:
  bool Enter() {
    std::lock_guard<std::mutex> lock(mu_);
    if (closing_) return false;
    ++boats_;
    return true;
  }

  void Leave() {
    std::lock_guard<std::mutex> lock(mu_);
    if (--boats_ == 0) empty_.notify_all();  // bug: wait-without-loop, deadlock
  }

  // Lets no boat in any more and waits for those that are inside.
  void Close() {
    std::unique_lock<std::mutex> lock(mu_);
    closing_ = true;
    empty_.wait(lock);  // bug: wait-without-loop, deadlock
  }

 private:
  std::mutex mu_;
  std::condition_variable empty_;
  bool closing_ = false;
  int boats_ = 0;
};

// Holds a place in the lock for its scope.
class Passage {
 public:
  explicit Passage(CanalLock& canal) : canal_(canal), inside_(canal.Enter()) {}
  ~Passage() {
    if (inside_) canal_.Leave();  // bug: wait-without-loop, deadlock
  }
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;
  bool inside() const { return inside_; }

 private:
  CanalLock& canal_;
  const bool inside_;
};

int main() {
  int passed = 0;
  for (int day = 0; day < 200; ++day) {
    CanalLock canal;
    std::vector<int> passages(2);
    std::vector<std::thread> boats;
    for (int& count : passages) {
      boats.emplace_back([&canal, &count] {
        Passage passage(canal);
        if (passage.inside()) ++count;
      });
    }
    canal.Close();  // bug: wait-without-loop, deadlock
    for (std::thread& boat : boats) boat.join();
    for (int count : passages) passed += count;
  }
  std::printf("%s\n", passed <= 400 ? "all days closed" : "too many boats");
}

// RUN: %expect %s
// What a function is given decides whether it takes the lock again.
#include <mutex>
#include <utility>

class Pool {
public:
  // Would give back the first loan under the lock, if asked for two.
  template <typename F> void borrow(int n, const F &f) {
    std::unique_lock<std::mutex> lock(mu_);
    for (int i = 0; i < n; ++i)
      f(next_++);
  }
  int one() {
    int taken = -1;
    borrow(1, [&](int item) {
      if (taken >= 0)
        giveBack(taken);
      taken = item;
    });
    return taken;
  }
  void giveBack(int item) {
    std::unique_lock<std::mutex> lock(mu_);
    free_ = item;
  }
  // Given back before it is taken again.
  void waitAndTake(bool spin) {
    std::unique_lock<std::mutex> lock(mu_);
    lock.unlock();
    while (spin)
      if (next_ > 0)
        break;
    lock.lock();
    free_ = 0;
  }

private:
  std::mutex mu_;
  int next_ = 0;
  int free_ = 0;
};

class Log {
public:
  void write(const char *text, bool flush) {
    std::lock_guard<std::mutex> lock(mu_);
    last_ = text;
    if (flush)
      sync();
  }
  void sync() {
    std::lock_guard<std::mutex> lock(mu_);
    last_ = nullptr;
  }

private:
  std::mutex mu_;
  const char *last_ = nullptr;
};

// Releases what its caller holds, and takes it again.
struct Worker {
  std::mutex mu;
  int jobs = 0;
  void spin() {
    mu.unlock();
    mu.lock();
  }
  void run() {
    while (jobs > 0)
      spin();
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mu);
    run();
  }
};

int main() {
  Pool pool;
  pool.giveBack(pool.one());
  pool.waitAndTake(true);
  Log log;
  log.write("started", false);
  log.sync();
  Worker worker;
  worker.stop();
}

// RUN: %expect-only=-*,heddle-double-lock -- %s
// A reader that becomes a reader again waits behind a writer that waits for it.
#include <heddle/heddle.h>

#include <mutex>
#include <shared_mutex>
#include <thread>

// Through a call, while another task writes.
class Weather {
 public:
  int Warmest() {
    heddle::ReaderLock lock(mu_);  // note: "'weather.mu_' is acquired here"
    return Today() + 1;
  }
  int Today() {
    heddle::ReaderLock lock(mu_);  // want: double-lock "a writer that waits between the two shared acquisitions"
    return today_;
  }
  void Set(int degrees) {
    heddle::WriterLock lock(mu_);
    today_ = degrees;
  }

 private:
  heddle::RWMutex mu_;
  int today_ = 0;
};

void WithAWriter() {
  Weather weather;
  heddle::WaitGroup wg;
  wg.Go([&] { weather.Warmest(); });
  wg.Go([&] { weather.Set(20); });
  wg.Wait();
}

// Nobody writes any more when the readers start.
std::shared_mutex table;
int Sum() {
  std::shared_lock<std::shared_mutex> lock(table);
  return 1;
}
int Report() {
  std::shared_lock<std::shared_mutex> lock(table);
  return Sum();
}
void WriterIsDone() {
  std::thread writer([] { std::unique_lock<std::shared_mutex> lock(table); });
  writer.join();
  std::thread reader([] { Report(); });
  reader.join();
}

// The second reader only tries.
std::shared_mutex names;
void Tries() {
  std::thread writer([] { std::unique_lock<std::shared_mutex> lock(names); });
  {
    std::shared_lock<std::shared_mutex> one(names);
    std::shared_lock<std::shared_mutex> two(names, std::try_to_lock);
  }
  writer.join();
}

int main() {
  WithAWriter();
  WriterIsDone();
  Tries();
}

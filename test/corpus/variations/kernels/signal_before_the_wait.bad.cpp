// What: A fetcher sets a result and signals; the reader waits on the condition without a look at the result first, so a signal before its wait is lost.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

template <class T>
class Promise {
 public:
  void Fulfil(T value) {
    heddle::MutexLock lock(mu_);
    value_ = std::move(value);
    ready_.Signal();  // bug: wait-without-loop, deadlock
  }

  T Await() {
    heddle::MutexLock lock(mu_);
    ready_.Wait();  // bug: wait-without-loop, deadlock
    return std::move(*value_);
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond ready_{mu_};
  std::optional<T> value_;
};

class Fetcher {
 public:
  std::shared_ptr<Promise<std::string>> Fetch(const std::string& page) {
    auto promise = std::make_shared<Promise<std::string>>();
    fetches_.Go([promise, page] { promise->Fulfil("text of " + page); });  // bug: deadlock, wait-without-loop
    return promise;
  }
  void Wait() { fetches_.Wait(); }

 private:
  heddle::WaitGroup fetches_;
};

int main() {
  Fetcher fetcher;
  auto home = fetcher.Fetch("home");
  auto about = fetcher.Fetch("about");
  std::printf("%s\n", home->Await().c_str());  // bug: deadlock
  std::printf("%s\n", about->Await().c_str());  // bug: deadlock
  fetcher.Wait();
}

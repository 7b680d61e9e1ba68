// What: A download limiter acquires a permit and does not give it back when the address is bad, so the next download waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

class Downloader {
 public:
  explicit Downloader(int limit) : permits_(limit) {}

  bool Fetch(const std::string& address) {
    permits_.Acquire();  // bug: deadlock, leaked-task, missing-unlock
    if (!IsValid(address)) {
      std::printf("bad address\n");
      return false;  // bug: deadlock, missing-unlock
    }
    std::printf("fetched %s\n", address.c_str());
    permits_.Release();
    return true;
  }

 private:
  static bool IsValid(const std::string& address) { return address.rfind("https://", 0) == 0; }

  heddle::Semaphore permits_;
};

int main() {
  Downloader downloader(1);
  heddle::WaitGroup downloads;
  downloads.Go([&] {
    downloader.Fetch("ftp://old.example");
    downloader.Fetch("https://new.example");  // bug: deadlock, leaked-task
  });
  downloads.Wait();  // bug: deadlock
}

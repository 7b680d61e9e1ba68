// What: A download limiter acquires a permit and gives it back on every way out.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

class Downloader {
 public:
  explicit Downloader(int limit) : permits_(limit) {}

  bool Fetch(const std::string& address) {
    permits_.Acquire();
    HEDDLE_DEFER(permits_.Release());
    if (!IsValid(address)) {
      std::printf("bad address\n");
      return false;
    }
    std::printf("fetched %s\n", address.c_str());
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
    downloader.Fetch("https://new.example");
  });
  downloads.Wait();
}

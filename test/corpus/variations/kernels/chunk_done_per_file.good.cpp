// What: An upload calls its listener after every chunk; the listener counts a wait group down after a file's last one only.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

struct File {
  std::string name;
  int chunks;
};

template <class Listener>
class Uploader {
 public:
  explicit Uploader(Listener& listener) : listener_(listener) {}

  void Upload(const File& file) {
    for (int chunk = 1; chunk <= file.chunks; ++chunk) {
      std::printf("%s: chunk %d\n", file.name.c_str(), chunk);
      listener_.OnChunk(file, chunk);
    }
  }

 private:
  Listener& listener_;
};

class Countdown {
 public:
  explicit Countdown(int files) { pending_.Add(files); }
  void OnChunk(const File& file, int chunk) {
    if (chunk == file.chunks) pending_.Done();
  }
  void Wait() { pending_.Wait(); }

 private:
  heddle::WaitGroup pending_;
};

int main() {
  const std::vector<File> files = {{"a.iso", 3}, {"b.iso", 3}};
  Countdown countdown(2);
  Uploader<Countdown> uploader(countdown);
  heddle::WaitGroup tasks;
  for (const File& file : files) {
    tasks.Go([&uploader, &file] { uploader.Upload(file); });
  }
  countdown.Wait();
  tasks.Wait();
}

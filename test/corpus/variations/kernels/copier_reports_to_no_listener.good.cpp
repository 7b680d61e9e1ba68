// What: A copier reports its progress on the channel in its options if there is a listener, and in silence otherwise.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Progress {
  std::string file;
  std::size_t done;
  std::size_t total;
};

struct CopyOptions {
  bool verify = false;
  heddle::SendChannel<Progress> progress;

  static CopyOptions Quiet() { return {}; }
  static CopyOptions Watched(heddle::SendChannel<Progress> to) {
    CopyOptions options;
    options.verify = true;
    options.progress = std::move(to);
    return options;
  }
};

class Copier {
 public:
  explicit Copier(CopyOptions options) : options_(std::move(options)) {}

  std::size_t Copy(const std::vector<std::string>& files) {
    std::size_t done = 0;
    for (const std::string& file : files) {
      ++done;
      Report({file, done, files.size()});
    }
    return done;
  }

 private:
  void Report(Progress progress) {
    if (options_.progress) options_.progress.Send(std::move(progress));
  }

  CopyOptions options_;
};

int main() {
  const std::vector<std::string> files = {"a.txt", "b.txt", "c.txt"};
  heddle::Channel<Progress> bar(files.size());
  heddle::WaitGroup copies;
  copies.Go([&] { Copier(CopyOptions::Watched(bar)).Copy(files); });
  copies.Go([&] { Copier(CopyOptions::Quiet()).Copy(files); });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (std::optional<Progress> step = bar.Recv()) std::printf("%zu of %zu\n", step->done, step->total);
  }
  copies.Wait();
}

// What: A resizer closes the channel that its workers range over and then joins them.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

struct Image {
  int width;
  int height;
};

class Resizer {
 public:
  using Sink = std::function<void(const Image&)>;
  Resizer(int workers, Sink sink) : sink_(std::move(sink)) {
    for (int i = 0; i < workers; ++i) Hire();
  }
  Resizer(const Resizer&) = delete;
  Resizer& operator=(const Resizer&) = delete;

  ~Resizer() {
    images_.Close();
    AwaitWorkers();
  }

  void Put(Image image) { images_.Send(image); }

 private:
  void Hire() {
    workers_.Go([this] {
      for (Image& image : images_) {
        image.width /= 2;
        image.height /= 2;
        sink_(image);
      }
    });
  }

  void AwaitWorkers() { workers_.Wait(); }

  Sink sink_;
  heddle::Channel<Image> images_;
  heddle::WaitGroup workers_;
};

int main() {
  std::atomic<int> pixels{0};
  auto resizer = std::make_unique<Resizer>(3, [&pixels](const Image& image) {
    pixels += image.width * image.height;
  });
  for (int size = 10; size < 60; size += 10) resizer->Put({size, size});
  resizer.reset();
  std::printf("%d pixels\n", pixels.load());
}

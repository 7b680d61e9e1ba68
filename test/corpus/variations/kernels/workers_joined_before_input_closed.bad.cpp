// What: A resizer joins its workers before it closes the channel that they range over.
// Run: deadlock
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
    AwaitWorkers();  // bug: deadlock, unclosed-range
    images_.Close();  // bug: deadlock, unclosed-range
  }

  void Put(Image image) { images_.Send(image); }

 private:
  void Hire() {
    workers_.Go([this] {  // bug: deadlock, leaked-task
      for (Image& image : images_) {  // bug: deadlock, unclosed-range, leaked-task
        image.width /= 2;
        image.height /= 2;
        sink_(image);
      }
    });
  }

  void AwaitWorkers() { workers_.Wait(); }  // bug: deadlock

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
  resizer.reset();  // bug: deadlock
  std::printf("%d pixels\n", pixels.load());
}

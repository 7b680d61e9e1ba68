// What: Two tasks write in turn to the same buffers without a lock; who has received a buffer from a channel owns it until it sends it on.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

struct Buffer {
  std::vector<int> samples;
  long sum = 0;
};
using BufferPtr = std::unique_ptr<Buffer>;

class Recorder {
 public:
  explicit Recorder(int buffers) : idle_(buffers), full_(buffers) {
    for (int i = 0; i < buffers; ++i) idle_.Send(std::make_unique<Buffer>());
  }

  // Fills `rounds` buffers.
  void Record(int rounds) {
    HEDDLE_DEFER(full_.Close());
    for (int round = 0; round < rounds; ++round) {
      BufferPtr buffer = std::move(*idle_.Recv());
      buffer->samples.resize(16);
      std::iota(buffer->samples.begin(), buffer->samples.end(), round);
      full_.Send(std::move(buffer));
    }
  }

  // Adds up what was recorded.
  long Process() {
    long total = 0;
    for (BufferPtr& buffer : full_) {
      buffer->sum = std::accumulate(buffer->samples.begin(), buffer->samples.end(), 0L);
      total += buffer->sum;
      buffer->samples.clear();
      idle_.Send(std::move(buffer));  // there is room for all buffers
    }
    return total;
  }

 private:
  heddle::Channel<BufferPtr> idle_;
  heddle::Channel<BufferPtr> full_;
};

int main() {
  Recorder recorder(2);
  heddle::WaitGroup tasks;
  tasks.Go(&Recorder::Record, &recorder, 20);
  long total = 0;
  tasks.Go([&] { total = recorder.Process(); });
  tasks.Wait();
  std::printf("total %ld\n", total);
}

// What: Calling a concert off pushes a last message to every feed in turn; the first feed is full, and the mixer that should empty it waits for the last message of the second one.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Sample {
  int level = 0;
  bool last = false;
};

class Feed {
 public:
  virtual ~Feed() = default;
  virtual void Push(const Sample& sample) = 0;
};
using FeedPtr = std::shared_ptr<Feed>;

class BufferedFeed : public Feed {
 public:
  explicit BufferedFeed(std::size_t room) : samples_(room) {}
  void Push(const Sample& sample) override { samples_.Send(sample); }  // bug: deadlock, leaked-task
  heddle::RecvChannel<Sample> Samples() const { return samples_; }

 private:
  heddle::Channel<Sample> samples_;
};

// Which feeds belong to which concert.
class Registry {
 public:
  void Register(int concert, std::vector<FeedPtr> feeds) {
    heddle::MutexLock lock(mu_);
    feeds_[concert] = std::move(feeds);
  }

  std::vector<FeedPtr> Withdraw(int concert) {
    heddle::MutexLock lock(mu_);
    auto entry = feeds_.extract(concert);
    return entry ? std::move(entry.mapped()) : std::vector<FeedPtr>();
  }

 private:
  heddle::Mutex mu_;
  std::map<int, std::vector<FeedPtr>> feeds_;
};

void CallOff(Registry& registry, int concert) {
  const std::vector<FeedPtr> feeds = registry.Withdraw(concert);
  for (const FeedPtr& feed : feeds) feed->Push({.last = true});  // bug: deadlock, leaked-task
}

int Sum(heddle::RecvChannel<Sample> samples) {
  int sum = 0;
  for (const Sample& sample : samples) {
    if (sample.last) break;
    sum += sample.level;
  }
  return sum;
}

// Mixes the stage in, then the voices.
void Mix(const BufferedFeed& stage, const BufferedFeed& voices) {
  const int stage_level = Sum(stage.Samples());  // bug: deadlock, leaked-task
  const int voice_level = Sum(voices.Samples());
  std::printf("stage %d, voices %d\n", stage_level, voice_level);
}

int main() {
  auto voices = std::make_shared<BufferedFeed>(1);
  auto stage = std::make_shared<BufferedFeed>(1);
  Registry registry;
  registry.Register(7, {voices, stage});
  voices->Push({.level = 3});

  heddle::WaitGroup mixer;
  mixer.Go([&] { Mix(*stage, *voices); });  // bug: deadlock
  CallOff(registry, 7);  // bug: deadlock
  mixer.Wait();
}

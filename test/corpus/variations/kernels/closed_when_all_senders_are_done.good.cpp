// What: Several probes send on one channel; a task of its own waits for all of them and then closes the channel, over which main ranges.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

struct Sample {
  std::string well;
  int depth;
};

class Field {
 public:
  using Probe = std::function<int()>;

  void AddWell(std::string well, Probe probe) { probes_[std::move(well)] = std::move(probe); }

  // All depths; the channel is closed after the last one.
  heddle::RecvChannel<Sample> Measure() {
    heddle::Channel<Sample> samples;
    for (const auto& [well, probe] : probes_) {
      measuring_.Add(1);
      heddle::go([this, samples, well = well, &probe = probe] {
        HEDDLE_DEFER(measuring_.Done());
        const int depth = probe();
        if (depth < 0) return;  // dry
        samples.Send({well, depth});
      });
    }
    heddle::go([this, samples] {
      measuring_.Wait();
      samples.Close();
    });
    return samples;
  }

 private:
  std::map<std::string, Probe> probes_;
  heddle::WaitGroup measuring_;
};

int main() {
  Field field;
  field.AddWell("old", [] { return 12; });
  field.AddWell("dry", [] { return -1; });
  field.AddWell("new", [depth = 40]() mutable { return ++depth; });
  int deepest = 0;
  for (const Sample& sample : field.Measure()) {
    if (sample.depth > deepest) deepest = sample.depth;
  }
  std::printf("deepest %d\n", deepest);
}

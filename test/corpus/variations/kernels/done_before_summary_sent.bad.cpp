// What: A hasher's workers say Done and then send a last summary; the closer that waits for them may have closed the channel by then.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

struct Hashed {
  std::string name;
  std::uint32_t hash = 0;
};
struct Summary {
  int worker = 0;
  int files = 0;
};
using Event = std::variant<Hashed, Summary>;

std::uint32_t Hash(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

class HashJob {
 public:
  explicit HashJob(int workers) : workers_(workers) {}

  heddle::RecvChannel<Event> Start(std::vector<std::string> names) {
    running_->Add(workers_);
    for (int worker = 0; worker < workers_; ++worker) {
      heddle::go([events = events_, running = running_, names_ = names_, worker] {  // bug: send-on-closed
        int files = 0;
        for (const std::string& name : names_) {
          events.Send(Hashed{name, Hash(name)});
          ++files;
        }
        running->Done();  // bug: send-on-closed, counter-mismatch
        events.Send(Summary{worker, files});  // bug: send-on-closed
      });
    }
    heddle::go([events = events_, running = running_] {
      running->Wait();
      events.Close();  // bug: send-on-closed
    });
    heddle::go([queue = names_, names = std::move(names)] {
      for (const std::string& name : names) queue.Send(name);
      queue.Close();
    });
    return events_;
  }

 private:
  const int workers_;
  heddle::Channel<std::string> names_;
  heddle::Channel<Event> events_{2};
  std::shared_ptr<heddle::WaitGroup> running_ = std::make_shared<heddle::WaitGroup>();
};

}  // namespace

int main() {
  std::vector<std::string> names;
  for (int i = 0; i < 25; ++i) names.push_back("file" + std::to_string(i));
  HashJob job(4);
  int hashed = 0;
  int summed = 0;
  for (const Event& event : job.Start(std::move(names))) {
    if (const auto* summary = std::get_if<Summary>(&event)) {
      summed += summary->files;
    } else {
      ++hashed;
    }
  }
  std::printf("%d hashed, %d in summaries\n", hashed, summed);
}

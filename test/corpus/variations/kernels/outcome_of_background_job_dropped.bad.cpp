// What: A background runner sends a job's outcome on a channel that it returns; a caller that does not care drops the channel and the job stays in its send.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using Outcome = std::optional<std::string>;  // what went wrong

class Background {
 public:
  // Runs `job` in a task; its outcome comes on the channel.
  heddle::RecvChannel<Outcome> Start(std::function<Outcome()> job) {
    heddle::Channel<Outcome> outcome;  // bug: deadlock, leaked-task
    jobs_.Go([job = std::move(job), outcome] { outcome.Send(job()); });  // bug: deadlock, leaked-task
    return outcome;
  }

  void Drain() {
    jobs_.Wait();  // bug: deadlock
  }

 private:
  heddle::WaitGroup jobs_;
};

class Gallery {
 public:
  explicit Gallery(Background& background) : background_(background) {}

  // True when the picture is stored.
  bool Add(const std::string& picture) {
    Outcome failed = background_.Start([this, picture] { return Store(picture); }).Recv().value();
    if (failed) {
      std::printf("%s\n", failed->c_str());
      return false;
    }
    background_.Start([picture] { return Shrink(picture); });  // bug: deadlock, leaked-task
    return true;
  }

 private:
  Outcome Store(const std::string& picture) {
    if (picture.empty()) return "a picture needs a name";
    heddle::MutexLock lock(mu_);
    pictures_.push_back(picture);
    return std::nullopt;
  }

  // A thumbnail is nice to have.
  static Outcome Shrink(const std::string& picture) {
    if (picture.size() > 8) return "name too long";
    return std::nullopt;
  }

  Background& background_;
  heddle::Mutex mu_;
  std::vector<std::string> pictures_;
};

int main() {
  Background background;
  Gallery gallery(background);
  gallery.Add("");
  gallery.Add("harbour");
  background.Drain();
  std::printf("stored\n");
}

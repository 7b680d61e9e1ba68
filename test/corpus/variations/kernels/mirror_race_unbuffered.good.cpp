// What: A download asks every mirror and takes the first answer; there is room for the answers of all mirrors.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Runs all `sources` at once and returns what the first to end gave.
template <class T>
class Race {
 public:
  using Source = std::function<T()>;

  void Enter(Source source) { sources_.push_back(std::move(source)); }

  std::optional<T> Winner() {
    if (sources_.empty()) return std::nullopt;
    heddle::Channel<T> answers(sources_.size());
    for (const Source& source : sources_) {
      runners_.Go([answers, source] {
        answers.Send(source());
      });
    }
    return answers.Recv();
  }

  void Finish() { runners_.Wait(); }

 private:
  std::vector<Source> sources_;
  heddle::WaitGroup runners_;
};

std::string Fetch(const std::string& mirror, int hops) {
  std::string page = mirror;
  for (int hop = 0; hop < hops; ++hop) {
    page += '.';
    heddle::Yield();
  }
  return page;
}

int main() {
  Race<std::string> race;
  int hops = 1;
  for (const char* mirror : {"oslo", "rome", "lima"}) {
    race.Enter([name = std::string(mirror), hops] { return Fetch(name, hops); });
    ++hops;
  }
  const std::optional<std::string> page = race.Winner();
  std::printf("%s\n", page.value_or("none").c_str());
  race.Finish();
}

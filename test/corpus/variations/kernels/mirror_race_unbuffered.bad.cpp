// What: A download asks every mirror and takes the first answer; the answers of the slower mirrors are sent to nobody.
// Run: leak
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
    heddle::Channel<T> answers;  // bug: leaked-task, deadlock
    for (const Source& source : sources_) {
      heddle::go([answers, source] {  // bug: leaked-task
        answers.Send(source());  // bug: leaked-task, deadlock
      });
    }
    return answers.Recv();  // bug: leaked-task
  }

 private:
  std::vector<Source> sources_;
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
  for (int i = 0; i < 20; ++i) heddle::Yield();
}

// What: Judges send their scores on an unbuffered channel; a task waits for all judges and closes it while the jury reads.
// Run: clean
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct Score {
  std::string judge;
  int points;
};

class Jury {
 public:
  using Opinion = std::function<int(const std::string& dive)>;

  void Seat(std::string name, Opinion opinion) {
    seats_.emplace_back(std::move(name), std::move(opinion));
  }

  int Judge(const std::string& dive) {
    heddle::Channel<Score> scores;
    Ask(dive, scores);
    heddle::go([this, scores] {
      judges_.Wait();
      scores.Close();
    });
    return Total(scores);
  }

 private:
  void Ask(const std::string& dive, const heddle::SendChannel<Score>& scores) {
    for (const auto& [name, opinion] : seats_) {
      judges_.Go([&name = name, &opinion = opinion, dive, scores] {
        scores.Send({name, opinion(dive)});
      });
    }
  }

  // Adds up all but the lowest score.
  static int Total(const heddle::RecvChannel<Score>& scores) {
    int sum = 0;
    int lowest = 10;
    for (const Score& score : scores) {
      sum += score.points;
      lowest = std::min(lowest, score.points);
    }
    return sum - lowest;
  }

  std::vector<std::pair<std::string, Opinion>> seats_;
  heddle::WaitGroup judges_;
};

int main() {
  Jury jury;
  jury.Seat("east", [](const std::string& dive) { return static_cast<int>(dive.size()) % 10; });
  jury.Seat("west", [](const std::string&) { return 7; });
  jury.Seat("north", [](const std::string& dive) { return dive == "pike" ? 9 : 4; });
  std::printf("pike: %d\n", jury.Judge("pike"));
}

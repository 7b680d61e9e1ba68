// What: A scoreboard stops with its lock held: it closes the update channel and waits for its reader, which needs that lock to merge an update that is still in the channel.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

struct Goal {
  std::string team;
  int minute;
};
using GoalPtr = std::shared_ptr<const Goal>;

class Scoreboard {
 public:
  static std::unique_ptr<Scoreboard> Start() {
    std::unique_ptr<Scoreboard> board(new Scoreboard);
    heddle::go([board = board.get(), done = board->done_] {  // bug: deadlock, blocking-under-lock
      HEDDLE_DEFER(done.Close());
      for (const GoalPtr& goal : board->goals_) board->Merge(*goal);  // bug: deadlock, blocking-under-lock
    });
    return board;
  }

  // Shows `goal`, unless the board is busy with another one.
  bool Update(GoalPtr goal) { return goals_.TrySend(goal); }

  // Returns how many teams have scored.
  std::size_t Stop() {
    heddle::MutexLock lock(mu_);  // bug: deadlock, blocking-under-lock
    goals_.Close();
    done_.Recv();  // bug: deadlock, blocking-under-lock
    return last_.size();
  }

 private:
  Scoreboard() = default;

  void Merge(const Goal& goal) {
    mu_.Lock();  // bug: deadlock, blocking-under-lock
    HEDDLE_DEFER(mu_.Unlock());
    int& last = last_[goal.team];
    if (goal.minute > last) last = goal.minute;
  }

  heddle::Mutex mu_;
  std::map<std::string, int> last_;
  heddle::Channel<GoalPtr> goals_{1};
  heddle::Channel<heddle::Unit> done_;
};

std::size_t PlayMatch(int match) {
  std::unique_ptr<Scoreboard> board = Scoreboard::Start();
  for (int minute = 1 + match % 7; minute <= 90; minute += 30) {
    const char* team = minute % 2 == 0 ? "rovers" : "united";
    board->Update(std::make_shared<Goal>(Goal{team, minute}));
  }
  return board->Stop();  // bug: deadlock
}

int main() {
  std::size_t scorers = 0;
  heddle::WaitGroup season;
  season.Go([&] {
    for (int match = 0; match < 500; ++match) scorers += PlayMatch(match);
  });
  season.Wait();  // bug: deadlock
  std::printf("%zu scorers\n", scorers);
}

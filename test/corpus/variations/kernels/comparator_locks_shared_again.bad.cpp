// What: A league sorts its clubs under its shared lock with a comparison that asks the league for points, which takes the shared lock again, behind a result that is waiting to be entered.
// Run: hang-some
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

class League {
 public:
  void Enter(const std::string& club, int points) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    points_[club] += points;
  }

  int Points(const std::string& club) const {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    return PointsLocked(club);
  }

  // The clubs, the leader first.
  std::vector<std::string> Table() const {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    std::vector<std::string> clubs;
    for (auto& [club, points] : points_) clubs.push_back(club);
    std::sort(clubs.begin(), clubs.end(), ByPoints{*this});  // bug: double-lock, deadlock
    return clubs;
  }

 private:
  struct ByPoints {
    const League& league;
    bool operator()(const std::string& a, const std::string& b) const {
      return league.Points(a) > league.Points(b);  // bug: double-lock, deadlock
    }
  };

  int PointsLocked(const std::string& club) const {
    auto it = points_.find(club);
    return it == points_.end() ? 0 : it->second;
  }

  mutable heddle::RWMutex mu_;
  std::map<std::string, int> points_;
};

int main() {
  League league;
  for (int club = 1; club <= 12; ++club) league.Enter("club " + std::to_string(club), club);

  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int day = 0; day < 20'000; ++day) league.Enter("club " + std::to_string(1 + day % 12), 3);
  });
  tasks.Go([&] {
    std::string leader;
    for (int look = 0; look < 2'000; ++look) leader = league.Table().front();
    std::printf("%s leads\n", leader.c_str());
  });
  tasks.Wait();
  std::printf("%d points\n", league.Points("club 12"));
}

// What: An elector validates its round with the leader's lock held and lets go of it before it waits in the barrier.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <vector>

// Lets `parties` tasks go on together.
class Barrier {
 public:
  explicit Barrier(int parties) : missing_(parties) {}

  void Arrive() {
    if (missing_.fetch_sub(1) == 1) all_.Close();
    all_.Recv();
  }

 private:
  std::atomic<int> missing_;
  heddle::Channel<heddle::Unit> all_;
};

struct Leader {
  heddle::Mutex mu;
  int round = 0;
  int votes = 0;
};

class Elector {
 public:
  Elector(int id, Leader& leader, Barrier& end) : id_(id), leader_(leader), end_(end) {}

  void RunRound() {
    std::unique_lock<heddle::Mutex> lock(leader_.mu);
    ++leader_.votes;
    if (leader_.round == 0) leader_.round = id_;
    lock.unlock();
    end_.Arrive();
  }

 private:
  const int id_;
  Leader& leader_;
  Barrier& end_;
};

int main() {
  constexpr int kElectors = 3;
  Leader leader;
  Barrier end(kElectors);
  std::vector<std::unique_ptr<Elector>> electors;
  heddle::WaitGroup rounds;
  for (int id = 1; id <= kElectors; ++id) {
    electors.push_back(std::make_unique<Elector>(id, leader, end));
    rounds.Go([elector = electors.back().get()] { elector->RunRound(); });
  }
  rounds.Wait();
  std::printf("leader of %d votes\n", leader.votes);
}

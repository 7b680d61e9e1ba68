// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>

// Which of two numbers is counted depends on what came; the loop ends by both.
struct Ballot {
  bool valid = false;
};

class Count {
 public:
  void Run(heddle::RecvChannel<Ballot> ballots) {
    while (valid_ + spoilt_ < 2) {
      std::optional<Ballot> ballot = ballots.Recv();
      if (ballot) ++(ballot->valid ? valid_ : spoilt_);
    }
  }

 private:
  int valid_ = 0;
  int spoilt_ = 0;
};

void Good(bool first) {
  heddle::Channel<Ballot> ballots;
  Count count;
  heddle::WaitGroup task;
  task.Go([&] { count.Run(ballots); });
  ballots.Send({first});
  ballots.Send({false});
  task.Wait();
}

// One is missing, whichever it is.
void Bad(bool first) {
  heddle::Channel<Ballot> ballots;
  int valid = 0, spoilt = 0;
  heddle::WaitGroup task;
  task.Go([&] {
    while (valid + spoilt < 2) {
      std::optional<Ballot> ballot = ballots.Recv();  // want: leaked-task "can block for ever receiving from 'ballots'" want: deadlock "can wait for ever receiving from 'ballots'"
      int& counted = first ? valid : spoilt;
      ++counted;
    }
  });
  ballots.Send({true});
  task.Wait();
}

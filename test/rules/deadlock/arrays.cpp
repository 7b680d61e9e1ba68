// A std::array has as many elements as its type says, whoever fills it.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <array>

struct Replica {
  explicit Replica(int delay) : delay(delay) {}
  int delay;
};

class Client {
 public:
  Client() : replicas_{Replica(1), Replica(50)} {}
  int Ask() {
    heddle::Channel<int> answers;
    for (const Replica &replica : replicas_)
      heddle::go([answers, copy = replica] {
        answers.Send(copy.delay);  // want: leaked-task "sending on 'answers'"
      });
    return answers.Recv().value_or(0);
  }

 private:
  std::array<Replica, 2> replicas_;
};

int Hedge() {
  Client client;
  return client.Ask();
}

void RoomForFour() {
  std::array<heddle::Channel<int>, 5> lanes;
  heddle::Channel<int> all(4);
  for (std::size_t i = 0; i < lanes.size(); ++i)
    all.Send(1);  // want: deadlock "sending on 'all'"
}

void SecondLaneIsFull() {
  std::array<heddle::Channel<int>, 2> lanes{heddle::Channel<int>(1), heddle::Channel<int>()};
  lanes[0].Send(1);
  lanes[1].Send(1);  // want: deadlock "sending on"
}

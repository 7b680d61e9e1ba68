// RUN: %expect %s
#include <heddle/heddle.h>

#include <array>
#include <optional>

struct Replica {
  explicit Replica(int delay) : delay(delay) {}
  int delay;
};

class Client {
 public:
  Client() : replicas_{Replica(1), Replica(50)} {}
  int Ask() {
    heddle::Channel<int> answers(2);
    for (const Replica &replica : replicas_)
      heddle::go([answers, copy = replica] { answers.Send(copy.delay); });
    return answers.Recv().value_or(0);
  }

 private:
  std::array<Replica, 2> replicas_;
};

int Hedge() {
  Client client;
  return client.Ask();
}

void EachLaneHasRoom() {
  std::array<heddle::Channel<int>, 3> lanes;
  for (auto &lane : lanes) lane = heddle::Channel<int>(1);
  for (auto &lane : lanes) lane.Send(2);
  for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i].Recv();
}

// Two elements, two locks.
class Shelves {
 public:
  void Move() {
    locks_[0].Lock();
    locks_[1].Lock();
    locks_[1].Unlock();
    locks_[0].Unlock();
  }

 private:
  std::array<heddle::Mutex, 2> locks_;
};

void Move() {
  Shelves shelves;
  shelves.Move();
}

// What a function returns was read before the variable's life ended.
class Keeper {
 public:
  void Keep() {
    while (Next() != 2) {
    }
  }
  void Renew(int lease) { renewals_.Send(lease); }
  void End() { renewals_.Close(); }

 private:
  int Next() {
    int event = 0;
    heddle::Select(heddle::OnRecv(
        renewals_, [&](std::optional<int> lease) { event = lease ? 1 : 2; }));
    return event;
  }

  heddle::Channel<int> renewals_;
};

void Lease() {
  Keeper keeper;
  heddle::WaitGroup keeping;
  keeping.Go([&] { keeper.Keep(); });
  for (int lease = 0; lease < 5; ++lease) keeper.Renew(lease);
  keeper.End();
  keeping.Wait();
}

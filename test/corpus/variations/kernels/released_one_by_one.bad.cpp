// What: A diving club lets one diver down at a time; the instructor lets go of the divers one by one and waits for each, while the one that is down waits for a later one.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

// Admits a limited number of divers; `down` of them are in the water.
class Pier {
 public:
  Pier(int queue, int down) : queued_(queue + down), down_(down) {}

  // False when there is no room left in the queue.
  bool Dive(const std::function<void()>& dive) {
    heddle::Unit place;
    if (!queued_.TrySend(place)) return false;
    down_.Send(heddle::Unit{});  // bug: deadlock, leaked-task
    HEDDLE_DEFER(queued_.Recv());
    HEDDLE_DEFER(down_.Recv());
    dive();
    return true;
  }

 private:
  heddle::Channel<heddle::Unit> queued_;
  heddle::Channel<heddle::Unit> down_;
};

// A diver on the rope: dives only once the instructor has let go of `rope`.
struct Diver {
  heddle::Mutex rope;
  heddle::Channel<bool> back{1};
};

class Instructor {
 public:
  explicit Instructor(Pier& pier) : pier_(pier) {}

  void Send() {
    auto diver = std::make_shared<Diver>();
    diver->rope.Lock();  // bug: deadlock
    heddle::WaitGroup ready;
    ready.Add(1);
    heddle::go([this, diver, &ready] {  // bug: deadlock, leaked-task
      ready.Done();
      heddle::Yield();  // after you
      const bool dived = pier_.Dive([&] {
        diver->rope.Lock();  // bug: deadlock, leaked-task
        diver->rope.Unlock();
      });
      diver->back.Send(dived);
    });
    ready.Wait();
    divers_.push_back(diver);
  }

  int Finish() {
    int dived = 0;
    for (const auto& diver : divers_) {
      diver->rope.Unlock();  // bug: deadlock
      if (diver->back.Recv().value_or(false)) ++dived;  // bug: deadlock
    }
    return dived;
  }

 private:
  Pier& pier_;
  std::vector<std::shared_ptr<Diver>> divers_;
};

int main() {
  Pier pier(5, 1);
  Instructor instructor(pier);
  for (int i = 0; i < 6; ++i) instructor.Send();
  std::printf("%d dived\n", instructor.Finish());  // bug: deadlock
}

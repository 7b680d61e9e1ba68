// What: A truck loads the parcels that are on its belt; when its engine does not start it leaves without closing the belt, and those who push parcels wait for room for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

enum class Demand { kMore, kNoMore, kGone };

struct Parcel {
  std::string address;
};

constexpr std::size_t kBeltLength = 16;

// Parcels on their way to one consumer.
class Belt {
 public:
  // Returns what the consumer wanted; waits for room while it wants more.
  Demand Push(Parcel parcel) {
    const Demand demand = demand_.load();
    switch (demand) {
      case Demand::kMore:
        heddle::Select(heddle::OnSend(parcels_, std::move(parcel)), heddle::OnRecv(gone_));  // bug: deadlock, leaked-task
        break;
      case Demand::kNoMore:
      case Demand::kGone:
        break;
    }
    return demand;
  }

  void ConsumerGone() {
    demand_.store(Demand::kGone);
    gone_.Close();
  }

 protected:
  std::atomic<Demand> demand_{Demand::kMore};
  heddle::Channel<Parcel> parcels_{kBeltLength};
  heddle::Channel<heddle::Unit> gone_;
};

class Truck : public Belt {
 public:
  explicit Truck(int fuel) : fuel_(fuel) {}

  void Start(heddle::WaitGroup& trucks) {
    trucks.Go([this] { Run(); });  // bug: deadlock
  }

 private:
  bool StartEngine() const { return fuel_ > 0; }

  void Run() {
    if (!StartEngine()) {
      std::printf("no fuel\n");
      return;  // bug: deadlock, leaked-task
    }
    for (int room = 20; room > 0 && parcels_.TryRecv().value; --room) {
    }
    demand_.store(Demand::kNoMore);
    ConsumerGone();
  }

  const int fuel_;
};

int main() {
  Truck truck(0);
  for (std::size_t i = 0; i < kBeltLength; ++i) truck.Push({"mill lane"});

  heddle::WaitGroup pushers;
  pushers.Add(1);
  heddle::go([&] {  // bug: leaked-task, deadlock
    HEDDLE_DEFER(pushers.Done());
    truck.Push({"high street"});  // bug: leaked-task, deadlock
  });

  heddle::WaitGroup trucks;
  truck.Start(trucks);
  trucks.Wait();
  const Demand demand = truck.Push({"station road"});  // bug: leaked-task, deadlock
  pushers.Wait();  // bug: deadlock
  std::printf("%s\n", demand == Demand::kGone ? "truck is gone" : "truck is full");
}

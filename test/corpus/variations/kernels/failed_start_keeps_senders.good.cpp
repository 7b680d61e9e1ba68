// What: A truck loads the parcels that are on its belt; whichever way it leaves it closes the belt, so those who push parcels go on.
// Run: clean
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
        heddle::Select(heddle::OnSend(parcels_, std::move(parcel)), heddle::OnRecv(gone_));
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
    trucks.Go([this] { Run(); });
  }

 private:
  bool StartEngine() const { return fuel_ > 0; }

  void Run() {
    HEDDLE_DEFER(ConsumerGone());
    if (!StartEngine()) {
      std::printf("no fuel\n");
      return;
    }
    for (int room = 20; room > 0 && parcels_.TryRecv().value; --room) {
    }
    demand_.store(Demand::kNoMore);
  }

  const int fuel_;
};

int main() {
  Truck truck(0);
  for (std::size_t i = 0; i < kBeltLength; ++i) truck.Push({"mill lane"});

  heddle::WaitGroup pushers;
  pushers.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(pushers.Done());
    truck.Push({"high street"});
  });

  heddle::WaitGroup trucks;
  truck.Start(trucks);
  trucks.Wait();
  const Demand demand = truck.Push({"station road"});
  pushers.Wait();
  std::printf("%s\n", demand == Demand::kGone ? "truck is gone" : "truck is full");
}

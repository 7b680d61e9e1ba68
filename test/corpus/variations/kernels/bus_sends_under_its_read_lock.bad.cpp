// What: An event bus sends to its riders under its shared lock; a rider who has had enough leaves, which needs the exclusive lock, before he takes the event that is on its way.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <vector>

struct Rider {
  heddle::Channel<int> events;
  heddle::Channel<heddle::Unit> left;
};
using RiderPtr = std::shared_ptr<Rider>;

class Bus {
 public:
  int Enter(const RiderPtr& rider) {
    heddle::WriterLock lock(mu_);
    riders_[++last_] = rider;
    return last_;
  }

  void Leave(int id) {
    heddle::WriterLock lock(mu_);  // bug: blocking-under-lock, deadlock
    riders_.erase(id);
  }

  void Publish(int event) {
    heddle::ReaderLock lock(mu_);  // bug: blocking-under-lock, deadlock
    for (auto& [id, rider] : riders_) {
      rider->events.Send(event);  // bug: blocking-under-lock, deadlock
    }
  }

 private:
  heddle::RWMutex mu_;
  std::map<int, RiderPtr> riders_;
  int last_ = 0;
};

// Rides until an event is large enough.
int Ride(Bus& bus, const RiderPtr& rider, int id, int enough) {
  int seen = 0;
  while (std::optional<int> event = rider->events.Recv()) {
    ++seen;
    if (*event >= enough) break;
  }
  rider->left.Close();
  bus.Leave(id);  // bug: blocking-under-lock, deadlock
  return seen;
}

int main() {
  Bus bus;
  heddle::WaitGroup rides;
  for (int enough : {2, 4}) {
    auto rider = std::make_shared<Rider>();
    const int id = bus.Enter(rider);
    rides.Go([&bus, rider, id, enough] { std::printf("seen some: %d\n", Ride(bus, rider, id, enough) > 0); });
  }
  for (int event = 0; event < 10; ++event) bus.Publish(event);  // bug: blocking-under-lock, deadlock
  rides.Wait();
}

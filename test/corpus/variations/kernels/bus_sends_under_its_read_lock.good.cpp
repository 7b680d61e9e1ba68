// What: An event bus sends to its riders after its shared lock was dropped, or sees that a rider has left.
// Run: clean
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
    heddle::WriterLock lock(mu_);
    riders_.erase(id);
  }

  void Publish(int event) {
    std::vector<RiderPtr> riders;
    {
      heddle::ReaderLock lock(mu_);
      for (auto& [id, rider] : riders_) riders.push_back(rider);
    }
    for (const RiderPtr& rider : riders) {
      heddle::Select(heddle::OnSend(rider->events, event), heddle::OnRecv(rider->left));
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
  bus.Leave(id);
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
  for (int event = 0; event < 10; ++event) bus.Publish(event);
  rides.Wait();
}

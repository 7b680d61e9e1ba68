// What: Two trucks take the two pallets that each needs from a store of two, one at a time; each can hold one and wait for the other.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

class PalletStore {
 public:
  explicit PalletStore(std::int64_t pallets) : free_(pallets) {}

  void Take(int count) {
    for (int pallet = 0; pallet < count; ++pallet) {
      free_.Acquire();  // bug: deadlock, leaked-task
      heddle::Yield();
    }
  }
  void Return(int count) { free_.Release(count); }

 private:
  heddle::Semaphore free_;
};

// The pallets that a tour needs, for as long as it lives.
class Load {
 public:
  Load(PalletStore& store, int pallets) : store_(store), pallets_(pallets) {
    store_.Take(pallets_);  // bug: deadlock, leaked-task
  }
  ~Load() { store_.Return(pallets_); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

 private:
  PalletStore& store_;
  const int pallets_;
};

class Truck {
 public:
  Truck(std::string plate, int pallets) : plate_(std::move(plate)), pallets_(pallets) {}

  void Drive(PalletStore& store, int tours) const {
    for (int tour = 0; tour < tours; ++tour) {
      Load load(store, pallets_);  // bug: deadlock, leaked-task
      heddle::Yield();
    }
    std::printf("%s is back\n", plate_.c_str());
  }

 private:
  const std::string plate_;
  const int pallets_;
};

int main() {
  PalletStore store(2);
  const Truck red("red", 2);
  const Truck blue("blue", 2);
  heddle::WaitGroup tours;
  for (const Truck* truck : {&red, &blue}) {
    tours.Go([truck, &store] { truck->Drive(store, 5000); });  // bug: deadlock, leaked-task
  }
  tours.Wait();  // bug: deadlock
}

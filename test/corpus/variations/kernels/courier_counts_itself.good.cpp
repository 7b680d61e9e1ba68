// What: The depot counts a courier before it starts the courier's task, and the courier counts itself out.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Depot {
 public:
  void Out() { riding_.Add(1); }
  void Back() {
    ++delivered_;
    riding_.Done();
  }
  int Close() {
    riding_.Wait();
    return delivered_;
  }

 private:
  heddle::WaitGroup riding_;
  std::atomic<int> delivered_{0};
};

class Courier {
 public:
  virtual ~Courier() = default;
  virtual void Start(const std::string& letter) = 0;
};

class BikeCourier : public Courier {
 public:
  explicit BikeCourier(Depot& depot) : depot_(depot) {}

  void Start(const std::string& letter) override {
    depot_.Out();
    heddle::go([this, letter] { Ride(letter); });
  }

 private:
  void Ride(const std::string& letter) {
    HEDDLE_DEFER(depot_.Back());
    std::printf("%s is on its way\n", letter.c_str());
  }

  Depot& depot_;
};

int main() {
  Depot depot;
  std::vector<std::unique_ptr<Courier>> couriers;
  for (int i = 0; i < 3; ++i) couriers.push_back(std::make_unique<BikeCourier>(depot));
  for (const char* letter : {"to the mill", "to the quay", "to the inn"}) {
    couriers[std::string(letter).size() % couriers.size()]->Start(letter);
  }
  std::printf("%d delivered\n", depot.Close());
}

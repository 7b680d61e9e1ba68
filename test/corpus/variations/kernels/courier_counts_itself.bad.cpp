// What: A courier joins the depot's wait group when it starts to ride, which may be after the depot has looked whether anyone is out.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Depot {
 public:
  void Out() { riding_.Add(1); }  // bug: add-after-spawn
  void Back() {
    ++delivered_;
    riding_.Done();
  }
  int Close() {
    riding_.Wait();  // bug: add-after-spawn, unawaited-task
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
    heddle::go([this, letter] { Ride(letter); });  // bug: add-after-spawn, unawaited-task, dangling-capture
  }

 private:
  void Ride(const std::string& letter) {
    depot_.Out();  // bug: add-after-spawn
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
    couriers[std::string(letter).size() % couriers.size()]->Start(letter);  // bug: add-after-spawn
  }
  std::printf("%d delivered\n", depot.Close());  // bug: add-after-spawn, unawaited-task
}

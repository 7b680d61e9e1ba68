// What: A tour starts a task for every leg, which has its own copy of the leg.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Carrier {
 public:
  virtual ~Carrier() = default;
  virtual void Send(const std::string& letter) = 0;
};

class Bag : public Carrier {
 public:
  void Send(const std::string& letter) override {
    heddle::MutexLock lock(mu_);
    bytes_ += letter.size();
    ++letters_;
  }

  void Print() {
    heddle::MutexLock lock(mu_);
    std::printf("%d letters, %zu bytes\n", letters_, bytes_);
  }

 private:
  heddle::Mutex mu_;
  std::size_t bytes_ = 0;
  int letters_ = 0;
};

struct Leg {
  std::string from;
  std::string to;
};

class Tour {
 public:
  explicit Tour(std::vector<std::string> stops) : stops_(std::move(stops)) {}

  // Tells every stop where the tour comes from.
  void Announce(Carrier& carrier) {
    heddle::WaitGroup letters;
    for (std::size_t stop = 1; stop < stops_.size(); ++stop) {
      const Leg leg{stops_[stop - 1], stops_[stop]};
      letters.Go([&carrier, leg] {
        carrier.Send("to " + leg.to + ": we come from " + leg.from);
      });
    }
    letters.Wait();
  }

 private:
  std::vector<std::string> stops_;
};

int main() {
  auto bag = std::make_unique<Bag>();
  Tour tour({"old harbour", "the long lighthouse road", "upper mill by the river", "castle"});
  tour.Announce(*bag);
  bag->Print();
}

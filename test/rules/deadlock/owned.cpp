// What a container owns ends with it, and where it leaves it.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <list>
#include <map>
#include <memory>
#include <utility>
#include <vector>

// A kiln fires until its door is shut, and cools before it goes.
class Kiln {
 public:
  explicit Kiln(int room = 1) : door_(room) {
    fire_.Go([this] {
      for (int pot : door_) pots_ += pot;
    });
  }
  virtual ~Kiln() {
    door_.Close();
    fire_.Wait();
  }
  heddle::Channel<int> door() const { return door_; }

 private:
  heddle::Channel<int> door_;
  heddle::WaitGroup fire_;
  int pots_ = 0;
};

void AfterClear() {
  std::vector<std::unique_ptr<Kiln>> kilns;
  kilns.push_back(std::make_unique<Kiln>());
  auto door = kilns[0]->door();
  kilns.clear();
  door.Send(1);  // want: send-on-closed "after it was closed"
}

void AfterErase() {
  heddle::WaitGroup potters;
  potters.Go([] { heddle::Yield(); });
  potters.Wait();
  std::map<int, std::unique_ptr<Kiln>> kilns;
  kilns.emplace(7, std::make_unique<Kiln>());
  auto door = kilns.at(7)->door();
  kilns.erase(7);
  door.Send(1);  // want: send-on-closed "after it was closed"
}

void AfterPop() {
  heddle::WaitGroup potters;
  potters.Go([] { heddle::Yield(); });
  potters.Wait();
  std::list<std::unique_ptr<Kiln>> kilns;
  kilns.emplace_back(new Kiln(2));
  auto door = kilns.back()->door();
  kilns.pop_back();
  door.Send(1);  // want: send-on-closed "after it was closed"
}

int main() {
  AfterClear();
  AfterErase();
  AfterPop();
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Lamp {
  heddle::Channel<int> on;
  explicit Lamp(int room) : on(room) {}
};

// What was put into a container may be met in any place that it went to.
class Street {
 public:
  void Light(int number, std::vector<std::shared_ptr<Lamp>> lamps) {
    lamps_[number] = std::move(lamps);
  }
  std::vector<std::shared_ptr<Lamp>> Take(int number) {
    auto taken = lamps_.extract(number);
    return taken ? std::move(taken.mapped())
                 : std::vector<std::shared_ptr<Lamp>>();
  }

 private:
  std::map<int, std::vector<std::shared_ptr<Lamp>>> lamps_;
};

void TurnOn(Street& street) {
  for (const std::shared_ptr<Lamp>& lamp : street.Take(4)) lamp->on.Send(1);
}

// The same index finds the same lock again.
class Wards {
 public:
  explicit Wards(const std::vector<std::string>& names) : patients_(names.size()) {}

  void Admit(unsigned patient) {
    mutexes_[patient % 3].Lock();
    ++admitted_;
    mutexes_[patient % 3].Unlock();
  }

 private:
  std::vector<int> patients_;
  std::vector<heddle::Mutex> mutexes_ = std::vector<heddle::Mutex>(3);
  int admitted_ = 0;
};

int main(int argc, char** argv) {
  auto near = std::make_shared<Lamp>(1), far = std::make_shared<Lamp>(1);
  Street street;
  street.Light(4, {near, far});
  heddle::WaitGroup walk;
  walk.Go([&] {
    near->on.Recv();
    far->on.Recv();
  });
  TurnOn(street);
  walk.Wait();

  Wards wards({"a", "b"});
  heddle::WaitGroup nurses;
  for (int i = 0; i < 2; ++i)
    nurses.Go([&] { wards.Admit(unsigned(argc) + unsigned(argv[0][0])); });
  nurses.Wait();

  // Keys with their values in braces.
  heddle::Channel<int> left, right;
  std::map<std::string, heddle::Channel<int>> exits{{"left", left}, {"right", right}};
  heddle::WaitGroup doors;
  doors.Go([&] { left.Recv(); });
  exits.at("left").Send(1);
  doors.Wait();
}

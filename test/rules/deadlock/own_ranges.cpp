// RUN: %expect %s
// A class of the user's that hands out the iterators of a member is that member
// in a loop, be it a channel or a container.
#include <heddle/heddle.h>

#include <string>
#include <utility>
#include <vector>

template <class T>
class Belt {
 public:
  void Put(T value) { items_.Send(std::move(value)); }
  void Stop() { items_.Close(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  heddle::Channel<T> items_;
};

class Crew {
 public:
  explicit Crew(std::vector<std::string> names) : names_(std::move(names)) {}
  auto begin() const { return names_.begin(); }
  auto end() const { return names_.end(); }

 private:
  std::vector<std::string> names_;
};

void Packs(bool stops) {
  Belt<int> belt;
  heddle::WaitGroup packer;
  int packed = 0;
  packer.Go([&] {
    for (int item : belt) packed += item;  // want: deadlock "can wait for ever receiving from 'belt.items_'"
    // want@-1: leaked-task "nothing sends or closes it"
  });
  belt.Put(1);
  if (stops) belt.Stop();
  packer.Wait();
}

int main() {
  Crew crew({"Ada", "Bo"});
  heddle::Channel<std::string> ready;
  for (const std::string& name : crew) heddle::go([name, ready] { ready.Send(name); });
  for (int i = 0; i < 3; ++i) ready.Recv();  // want: deadlock error "'main' can wait for ever"
}

// The same as in values.cpp, where what decides makes the wait end.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

// The first who arrives opens.
void AtomicDecides() {
  std::atomic<int> arrived{0};
  heddle::Channel<heddle::Unit> open;
  heddle::go([&] {
    if (arrived.fetch_add(1) == 0) open.Close();
  });
  open.Recv();
}

// The box that is emptied has the letter.
void KeyDecides() {
  std::map<std::string, heddle::Channel<int>> boxes;
  boxes.emplace("north", heddle::Channel<int>(1));
  boxes.emplace("south", heddle::Channel<int>(1));
  boxes["north"].Send(1);
  boxes["north"].Recv();
}

// What is found is closed.
void EndDecides() {
  heddle::Channel<int> line;
  std::map<int, heddle::Channel<int>> lines;
  lines[1] = line;
  auto it = lines.find(1);
  if (it != lines.end()) it->second.Close();
  line.Recv();
}

class Door {
 public:
  virtual ~Door() = default;
  virtual void Ring(heddle::Channel<int> bell) = 0;
};
class Open : public Door {
 public:
  void Ring(heddle::Channel<int> bell) override { bell.Close(); }
};
class Walled : public Door {
 public:
  void Ring(heddle::Channel<int>) override {}
};

void ClassDecides() {
  heddle::Channel<int> bell;
  std::unique_ptr<Door> door = std::make_unique<Open>();
  door->Ring(bell);
  bell.Recv();
}

struct Plate {
  Plate() {}
  heddle::Mutex mu;
};

// Both forks are taken in the order of their numbers.
void RemainderDecides() {
  std::vector<std::unique_ptr<Plate>> plates;
  for (int i = 0; i < 3; ++i) plates.push_back(std::make_unique<Plate>());
  heddle::WaitGroup guests;
  for (std::size_t seat = 0; seat < plates.size(); ++seat) {
    guests.Go([&plates, seat] {
      const std::size_t next = (seat + 1) % plates.size();
      heddle::MutexLock first(plates[seat < next ? seat : next]->mu);
      heddle::MutexLock second(plates[seat < next ? next : seat]->mu);
    });
  }
  guests.Wait();
}

void SemaphoreDecides() {
  heddle::Semaphore seats(2);
  seats.Acquire();
  seats.Acquire();
}

void ListDecides() {
  heddle::Channel<int> done;
  for (bool last : {false, true})
    if (last) done.Close();
  done.Recv();
}

int main(int argc, char**) {
  switch (argc) {
    case 1: AtomicDecides(); break;
    case 2: KeyDecides(); break;
    case 3: EndDecides(); break;
    case 4: ClassDecides(); break;
    case 5: RemainderDecides(); break;
    case 6: SemaphoreDecides(); break;
    default: ListDecides();
  }
}

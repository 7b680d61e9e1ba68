// What decides whether a wait ends: numbers in atomics, elements by key, the
// class of an object, remainders, what a semaphore holds.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

// Only the second who arrives opens, and there is one.
void AtomicDecides() {
  std::atomic<int> arrived{0};
  heddle::Channel<heddle::Unit> open;
  heddle::go([&] {
    if (arrived.fetch_add(1) == 1) open.Close();
  });
  open.Recv();  // want: deadlock "receiving from 'open'"
}

// The letter goes into another box than the one that is emptied.
void KeyDecides() {
  std::map<std::string, heddle::Channel<int>> boxes;
  boxes.emplace("north", heddle::Channel<int>(1));
  boxes.emplace("south", heddle::Channel<int>(1));
  boxes["north"].Send(1);
  boxes["south"].Recv();  // want: deadlock "receiving from"
}

// Nothing is found, so nothing is closed.
void EndDecides() {
  heddle::Channel<int> line;
  std::map<int, heddle::Channel<int>> lines;
  lines[1] = line;
  lines.erase(1);
  auto it = lines.find(1);
  if (it != lines.end()) it->second.Close();
  line.Recv();  // want: deadlock "receiving from 'line'"
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
  std::unique_ptr<Door> door = std::make_unique<Walled>();
  door->Ring(bell);
  bell.Recv();  // want: deadlock "receiving from 'bell'"
}

struct Plate {
  Plate() {}
  heddle::Mutex mu;
};

// Each takes its own fork and the next one's.
void RemainderDecides() {
  std::vector<std::unique_ptr<Plate>> plates;
  for (int i = 0; i < 3; ++i) plates.push_back(std::make_unique<Plate>());
  heddle::WaitGroup guests;
  for (std::size_t seat = 0; seat < plates.size(); ++seat) {
    guests.Go([&plates, seat] {
      heddle::MutexLock left(plates[seat]->mu);
      heddle::MutexLock right(plates[(seat + 1) % plates.size()]->mu);  // want: deadlock "locking"
    });
  }
  guests.Wait();
}

void SemaphoreDecides() {
  heddle::Semaphore seats(1);
  seats.Acquire();
  seats.Acquire();  // want: deadlock "'seats'"
}

void ListDecides() {
  heddle::Channel<int> done;
  for (bool last : {false, false})
    if (last) done.Close();
  done.Recv();  // want: deadlock "receiving from 'done'"
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

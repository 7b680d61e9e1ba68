// RUN: %expect %s
// Threads that count a latch down, which only they wait for: their starter joins
// them, wherever their handles were put.
#include <algorithm>
#include <functional>
#include <future>
#include <latch>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <thread>
#include <vector>

void Row(int oar);

void InAVector(int oars) {
  std::latch aboard(oars);
  std::vector<std::thread> crew;
  for (int i = 0; i < oars; ++i)
    crew.emplace_back([&aboard, i] {
      aboard.arrive_and_wait();
      Row(i);
    });
  for (std::thread& rower : crew) rower.join();
}

void ByIndex() {
  std::latch aboard(4);
  std::vector<std::thread> crew;
  for (int i = 0; i < 4; ++i)
    crew.push_back(std::thread([&aboard, i] {
      aboard.count_down();
      Row(i);
    }));
  for (size_t i = 0; i < crew.size(); ++i) crew[i].join();
}

void FromTheBack(int oars) {
  std::latch aboard(oars);
  std::vector<std::thread> crew;
  for (int i = 0; i < oars; ++i)
    crew.emplace_back([&aboard, i] {
      aboard.count_down();
      Row(i);
    });
  while (!crew.empty()) {
    crew.back().join();
    crew.pop_back();
  }
}

void ByAnAlgorithm(int oars) {
  std::latch aboard(oars);
  std::vector<std::thread> crew;
  for (int i = 0; i < oars; ++i)
    crew.emplace_back([&aboard, i] {
      aboard.count_down();
      Row(i);
    });
  std::for_each(crew.begin(), crew.end(), std::mem_fn(&std::thread::join));
}

void InAnArray() {
  std::latch aboard(4);
  std::thread crew[4];
  for (std::thread& rower : crew)
    rower = std::thread([&aboard] {
      aboard.count_down();
      Row(1);
    });
  for (std::thread& rower : crew) rower.join();
}

void ByKey(int oars) {
  std::latch aboard(2 * oars);
  std::map<int, std::thread> port, starboard;
  for (int i = 0; i < oars; ++i) {
    port.emplace(i, std::thread([&aboard, i] {
                   aboard.count_down();
                   Row(i);
                 }));
    starboard[i] = std::thread([&aboard, i] {
      aboard.count_down();
      Row(i);
    });
  }
  for (auto& [seat, rower] : port) rower.join();
  for (auto& [seat, rower] : starboard) rower.join();
}

struct Rower {
  std::thread thread;
  int seat = 0;
};

void InAStruct(int oars) {
  std::latch aboard(oars);
  std::list<Rower> crew;
  for (int i = 0; i < oars; ++i) {
    Rower rower;
    rower.thread = std::thread([&aboard, i] {
      aboard.count_down();
      Row(i);
    });
    crew.push_back(std::move(rower));
  }
  for (Rower& rower : crew) rower.thread.join();
}

void InAQueue(int oars) {
  std::latch aboard(oars);
  std::queue<std::thread> crew;
  for (int i = 0; i < oars; ++i)
    crew.push(std::thread([&aboard, i] {
      aboard.count_down();
      Row(i);
    }));
  while (!crew.empty()) {
    crew.front().join();
    crew.pop();
  }
}

void ByFutures(int oars) {
  std::latch aboard(oars);
  std::vector<std::future<void>> crew;
  for (int i = 0; i < oars; ++i)
    crew.push_back(std::async(std::launch::async, [&aboard, i] {
      aboard.count_down();
      Row(i);
    }));
  for (std::future<void>& rower : crew) rower.get();
}

void ByDestructors(int oars) {
  std::latch aboard(oars);
  std::vector<std::jthread> crew;
  for (int i = 0; i < oars; ++i)
    crew.emplace_back([&aboard, i] {
      aboard.count_down();
      Row(i);
    });
}

// joinable() says whether there is a thread to join.
void IfThereIsOne(bool race) {
  std::latch aboard(1);
  std::thread rower;
  if (race)
    rower = std::thread([&aboard] {
      aboard.count_down();
      Row(1);
    });
  if (rower.joinable()) rower.join();
}

void Owned() {
  std::latch aboard(1);
  std::unique_ptr<std::thread> rower;
  rower = std::make_unique<std::thread>([&aboard] {
    aboard.count_down();
    Row(1);
  });
  if (rower) rower->join();
}

// Nobody can have joined it since.
void NotJoined() {
  std::latch aboard(1);
  std::thread rower([&aboard] {  // want: missing-wait "'aboard' counts the task"
    aboard.count_down();
    Row(1);
  });
  if (!rower.joinable()) rower.join();
  rower.detach();
}

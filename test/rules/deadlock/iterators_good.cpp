// RUN: %expect %s
// As iterators.cpp; and iterators of which it is not known where they are.
#include <heddle/heddle.h>

#include <functional>
#include <thread>
#include <vector>

using Step = std::function<void()>;

void LastClosesFirstSends() {
  heddle::Channel<int> pipe(4);
  std::vector<Step> steps;
  steps.push_back([pipe]() mutable { pipe.Close(); });
  steps.push_back([pipe]() mutable { pipe.Send(1); });
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) (*step)();
}

void Drained() {
  heddle::Channel<int> tolls(3);
  std::vector<std::thread> gates;
  for (int gate = 0; gate < 3; ++gate)
    gates.emplace_back([tolls]() mutable { tolls.Send(1); });
  for (auto it = gates.begin(); it != gates.end(); ++it) it->join();
}

// Every second one: which they are is not followed, and so not judged.
void EverySecond() {
  heddle::Channel<int> pipe;
  heddle::WaitGroup reader;
  reader.Go([pipe] {
    for (int item : pipe) (void)item;
  });
  std::vector<Step> steps;
  steps.push_back([pipe]() mutable { pipe.Close(); });
  steps.push_back([pipe]() mutable { pipe.Send(1); });
  for (auto step = steps.begin(); step != steps.end(); step += 2) (*step)();
  reader.Wait();
}

// Inherited constructors hand on what they are given.
class Unit {
 public:
  explicit Unit(heddle::Channel<int> feed) : feed_(feed) {}

 protected:
  heddle::Channel<int> feed_;
};
class Valve : public Unit {
 public:
  using Unit::Unit;
  void Shut() { feed_.Close(); }
};
void Fed() {
  heddle::Channel<int> feed;
  Valve valve(feed);
  heddle::WaitGroup reader;
  reader.Go([feed] {
    for (int item : feed) (void)item;
  });
  valve.Shut();
  reader.Wait();
}

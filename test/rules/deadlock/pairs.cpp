// Pairs and tuples are their parts, however they are made, copied and taken
// apart.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// A basin and how deep it is; this one has no room at all.
std::pair<heddle::Channel<int>, int> Dig(int depth) { return {heddle::Channel<int>(depth), depth}; }

void FillBasin() {
  auto [basin, depth] = Dig(0);
  heddle::WaitGroup diggers;
  diggers.Go([] {});
  basin.Send(depth);  // want: deadlock "sending on"
  diggers.Wait();
}

// Water goes from the spring to the mill, but nobody opened the spring.
void GrindFlour() {
  heddle::Channel<int> spring, mill;
  std::tie(spring, mill) = std::make_tuple(heddle::Channel<int>(0), heddle::Channel<int>(1));
  auto stream = std::make_pair(spring, mill);
  heddle::go([stream] { stream.second.Send(stream.first.Recv().value_or(0)); });  // want: leaked-task "receiving from"
  mill.Recv();  // want: deadlock "receiving from 'mill'"
}

// The third sluice is for one boat.
void PassSluice() {
  std::tuple<int, std::string, heddle::Channel<int>> sluice(3, "lower", heddle::Channel<int>(1));
  auto &[number, name, boats] = sluice;
  std::get<2>(sluice).Send(number);
  boats.Send(number);  // want: deadlock "sending on"
}

// Each lock keeper has a number and a gate; the second has no room.
void OpenGates() {
  std::vector<std::pair<int, heddle::Channel<int>>> keepers;
  keepers.emplace_back(1, heddle::Channel<int>(1));
  keepers.push_back({2, heddle::Channel<int>(0)});
  for (auto &[number, gate] : keepers) gate.Send(number);  // want: deadlock "sending on"
}

// A part that is a number decides.
void FloodMeadow() {
  auto rain = std::make_pair(2, std::make_shared<heddle::Channel<int>>(1));
  auto copy = rain;
  copy.first = 1;
  for (int i = 0; i < rain.first; ++i) copy.second->Send(i);  // want: deadlock "sending on"
}

// The boat is moored by the first of two ropes, and by it again.
class Mooring {
 public:
  void Tie() {
    auto ropes = std::make_pair(std::ref(bow_), 1);
    heddle::MutexLock lock(bow_);
    ropes.first.Lock();  // want: double-lock "acquired again"
  }

 private:
  heddle::Mutex bow_;
};

int main() {
  FillBasin();
  GrindFlour();
  PassSluice();
  OpenGates();
  FloodMeadow();
  Mooring().Tie();
}

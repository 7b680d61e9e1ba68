// The same as in pairs.cpp, where it goes well, and pairs of which not all is
// known.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

std::pair<heddle::Channel<int>, int> Dig(int depth) { return {heddle::Channel<int>(depth), depth}; }

void FillBasin() {
  auto [basin, depth] = Dig(2);
  basin.Send(depth);
}

void GrindFlour() {
  heddle::Channel<int> spring, mill;
  std::tie(spring, mill) = std::make_tuple(heddle::Channel<int>(0), heddle::Channel<int>(1));
  auto stream = std::make_pair(spring, mill);
  heddle::go([stream] { stream.second.Send(stream.first.Recv().value_or(0)); });
  spring.Send(1);
  mill.Recv();
}

void PassSluice() {
  std::tuple<int, std::string, heddle::Channel<int>> sluice(3, "lower", heddle::Channel<int>(2));
  auto &[number, name, boats] = sluice;
  std::get<2>(sluice).Send(number);
  boats.Send(number);
}

// A copy has numbers of its own.
void FloodMeadow() {
  auto rain = std::make_pair(1, std::make_shared<heddle::Channel<int>>(1));
  auto copy = rain;
  copy.first = 5;
  for (int i = 0; i < rain.first; ++i) copy.second->Send(i);
}

// Code that is not seen gets the pair, and the channel with it.
void Announce(std::pair<int, heddle::Channel<int>> what);

void AnnounceFlood() {
  auto news = std::make_pair(1, heddle::Channel<int>());
  Announce(news);
  news.second.Recv();
}

// One of two, not known which.
void OpenEither(bool upper) {
  std::pair<heddle::Channel<int>, heddle::Channel<int>> gates(heddle::Channel<int>(1), heddle::Channel<int>(1));
  auto &gate = upper ? gates.first : gates.second;
  gate.Send(1);
  gate.Recv();
}

// The guard goes with the pair and lets go with it.
class Weir {
 public:
  int Level() {
    auto [lock, level] = Look();
    return level;
  }
  int Twice() { return Level() + Level(); }

 private:
  std::pair<std::unique_lock<std::mutex>, int> Look() { return {std::unique_lock<std::mutex>(mu_), level_}; }

  std::mutex mu_;
  int level_ = 0;
};

int main(int argc, char **) {
  FillBasin();
  GrindFlour();
  PassSluice();
  FloodMeadow();
  AnnounceFlood();
  OpenEither(argc > 1);
  return Weir().Twice();
}

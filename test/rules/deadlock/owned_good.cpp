// Owners that go over to others, into containers and out of them: what they own
// ends once, with the last of them.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <list>
#include <map>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

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
  void Fill(int pot) { door_.Send(pot); }

 private:
  heddle::Channel<int> door_;
  heddle::WaitGroup fire_;
  int pots_ = 0;
};
using KilnPtr = std::unique_ptr<Kiln>;

// With the list at its end.
void AtTheEnd() {
  std::vector<KilnPtr> kilns;
  kilns.push_back(std::make_unique<Kiln>());
  kilns.push_back(KilnPtr(new Kiln(2)));
  auto third = std::make_unique<Kiln>();
  kilns.push_back(std::move(third));
  for (auto& kiln : kilns) kiln->Fill(1);
}

void FromOneToAnother() {
  std::vector<KilnPtr> old, now;
  for (int i = 0; i < 3; ++i) old.push_back(std::make_unique<Kiln>());
  for (auto& kiln : old) now.push_back(std::move(kiln));
  old.clear();
  now[0]->Fill(1);
}

void OutAndIn() {
  std::vector<KilnPtr> idle;
  idle.push_back(std::make_unique<Kiln>());
  auto kiln = std::move(idle.back());
  idle.pop_back();
  kiln->Fill(1);
  idle.push_back(std::move(kiln));
  idle[0]->Fill(2);
}

void OutOfAMap() {
  std::map<int, KilnPtr> kilns;
  kilns[1] = std::make_unique<Kiln>();
  kilns.emplace(2, std::make_unique<Kiln>());
  kilns.try_emplace(3, std::make_unique<Kiln>(2));
  auto it = kilns.find(1);
  auto first = std::move(it->second);
  kilns.erase(it);
  first->Fill(1);
  kilns.erase(2);
  kilns.erase(9);
  kilns.at(3)->Fill(1);
}

KilnPtr Next(std::queue<KilnPtr>& waiting) {
  auto kiln = std::move(waiting.front());
  waiting.pop();
  return kiln;
}

void InTurn() {
  std::queue<KilnPtr> waiting;
  waiting.push(std::make_unique<Kiln>());
  waiting.emplace(new Kiln());
  auto kiln = Next(waiting);
  kiln->Fill(1);
  kiln = Next(waiting);
  kiln->Fill(1);
}

class Yard {
 public:
  explicit Yard(std::vector<KilnPtr> kilns) : kilns_(std::move(kilns)) {}
  void Add(KilnPtr kiln) { kilns_.push_back(std::move(kiln)); }
  void Fill() {
    for (auto& kiln : kilns_) kiln->Fill(1);
  }

 private:
  std::vector<KilnPtr> kilns_;
};

std::vector<KilnPtr> Build(int n) {
  std::vector<KilnPtr> kilns;
  for (int i = 0; i < n; ++i) kilns.push_back(std::make_unique<Kiln>());
  return kilns;
}

void IntoAMember() {
  auto kilns = Build(2);
  kilns[0]->Fill(1);
  Yard yard(std::move(kilns));
  auto more = std::make_unique<Kiln>();
  yard.Add(std::move(more));
  yard.Add(KilnPtr(new Kiln()));
  yard.Fill();
  Yard other(Build(1));
  other.Fill();
}

std::pair<KilnPtr, int> BuildOne() { return {std::make_unique<Kiln>(), 1}; }

void InPairs() {
  auto [kiln, pots] = BuildOne();
  kiln->Fill(pots);
  auto pair = std::make_pair(std::make_unique<Kiln>(), 3);
  auto same = std::move(pair);
  same.first->Fill(1);
  std::vector<std::pair<int, KilnPtr>> list;
  list.emplace_back(1, std::make_unique<Kiln>());
  list[0].second->Fill(1);
}

// A guard that was moved from has nothing to let go, wherever it was moved to.
class Guard {
 public:
  Guard() : kiln_(std::make_unique<heddle::Channel<int>>(1)) {}
  Guard(Guard&&) = default;
  ~Guard() {
    if (kiln_) kiln_->Close();
  }

 private:
  std::unique_ptr<heddle::Channel<int>> kiln_;
};

void InAList() {
  std::vector<Guard> guards;
  for (int i = 0; i < 2; ++i) {
    Guard guard;
    guards.push_back(std::move(guard));
  }
}

// A gate shuts when it goes; the one that is returned stays open.
struct Gate {
  heddle::Channel<int> line{1};
  ~Gate() { line.Close(); }
};
Gate OpenGate() {
  Gate gate;
  gate.line.Send(1);
  return gate;
}

int main() {
  AtTheEnd();
  FromOneToAnother();
  OutAndIn();
  OutOfAMap();
  InTurn();
  IntoAMember();
  InPairs();
  InAList();
  std::list<Kiln> few;
  few.emplace_back(1);
  few.back().Fill(1);
  Gate gate = OpenGate();
  gate.line.Recv();
  gate.line.Send(2);
}

// RUN: %expect %s
// A counter that is a member dies with its object, when that is a local.
#include <heddle/heddle.h>

#include <latch>
#include <memory>
#include <thread>
#include <vector>

void Knead(int loaf);

// Nothing waits, not even the destructor.
class Oven {
 public:
  void Bake(int loaf) {
    baking_.Add(1);
    heddle::go([this, loaf] {
      HEDDLE_DEFER(baking_.Done());
      Knead(loaf);
    });
  }
  void WaitForAll() { baking_.Wait(); }

 private:
  heddle::WaitGroup baking_;
};

void Forgets() {
  Oven oven;
  oven.Bake(1);  // want: missing-wait "'oven.baking_' counts the task"
}  // note: "goes out of scope here"

void ForgetsOnOnePath(bool hurry) {
  Oven oven;
  oven.Bake(1);  // want: missing-wait "'oven.baking_' counts the task"
  if (hurry) return;
  oven.WaitForAll();
}

void DiesInABlock(bool early) {
  if (early) {
    Oven oven;
    oven.Bake(1);  // want: missing-wait "'oven.baking_' counts the task"
  }
  Knead(2);
}

void Waits() {
  Oven oven;
  oven.Bake(1);
  oven.Bake(2);
  oven.WaitForAll();
}

// What others hold may be waited for by them.
void IsGiven(Oven& oven) { oven.Bake(1); }

Oven* LivesOn() {
  auto* oven = new Oven;
  oven->Bake(1);
  return oven;
}

std::shared_ptr<Oven> IsShared() {
  auto oven = std::make_shared<Oven>();
  oven->Bake(1);
  return oven;
}

void Lend(Oven& oven);

void IsLent() {
  Oven oven;
  oven.Bake(1);
  Lend(oven);
}

// The destructor waits, in one way or another.
class Bakery {
 public:
  ~Bakery() { shift_.Wait(); }
  void Open() {
    shift_.Go([this] { Knead(loaves_); });
  }

 private:
  int loaves_ = 3;
  heddle::WaitGroup shift_;
};

void DestructorWaits() {
  Bakery bakery;
  bakery.Open();
}

class Mill {
 public:
  ~Mill() { ground_.Recv(); }
  void Grind() {
    sacks_.Add(1);
    heddle::go([this] {
      sacks_.Done();
      ground_.Send(1);
    });
  }

 private:
  heddle::WaitGroup sacks_;
  heddle::Channel<int> ground_;
};

void DestructorReceives() {
  Mill mill;
  mill.Grind();
}

class Crew {
 public:
  explicit Crew(int bakers) : ready_(bakers) {
    for (int i = 0; i < bakers; ++i)
      bakers_.emplace_back([this, i] {
        ready_.count_down();
        Knead(i);
      });
  }
  ~Crew() {
    for (std::thread& baker : bakers_) baker.join();
  }

 private:
  std::latch ready_;
  std::vector<std::thread> bakers_;
};

void DestructorJoins() { Crew crew(3); }

class Night {
 public:
  void Start() {
    baker_ = std::jthread([this] {
      done_.count_down();
      Knead(1);
    });
  }

 private:
  std::latch done_{1};
  std::jthread baker_;  // joins before done_ ends
};

void MemberJoins() {
  Night night;
  night.Start();
}

// A member by reference or pointer is another's.
class Helper {
 public:
  explicit Helper(heddle::WaitGroup& all) : all_(all) {}
  void Help() {
    all_.Add(1);
    heddle::go([this_all = &all_] { this_all->Done(); });
  }

 private:
  heddle::WaitGroup& all_;
};

void Refers() {
  heddle::WaitGroup all;
  {
    Helper helper(all);
    helper.Help();
  }
  all.Wait();
}

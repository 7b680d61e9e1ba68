// What: A crane takes a token for every crate that it lifts; lifting a crate that holds others takes more tokens while the first is kept, until every crane waits for one.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <utility>
#include <vector>

// So many crates may be in the air.
class Tokens {
 public:
  explicit Tokens(int count) : tokens_(count) {}
  void Take() {
    tokens_.Send(heddle::Unit{});  // bug: deadlock, leaked-task
  }
  void Give() { tokens_.Recv(); }

 private:
  heddle::Channel<heddle::Unit> tokens_;
};

struct Crate {
  int kilos = 0;
  std::vector<Crate> inside;
};

class Crane {
 public:
  explicit Crane(Tokens& tokens) : tokens_(tokens) {}

  void Lift(const Crate& crate) {
    tokens_.Take();  // bug: deadlock
    HEDDLE_DEFER(tokens_.Give());
    kilos_ += crate.kilos;
    for (const Crate& inner : crate.inside) Lift(inner);  // bug: deadlock
    heddle::Yield();
  }

  int kilos() const { return kilos_; }

 private:
  Tokens& tokens_;
  int kilos_ = 0;
};

int main() {
  Tokens tokens(2);
  std::vector<Crane> cranes(2, Crane(tokens));
  const Crate wine{20, {Crate{1, {}}, Crate{1, {}}}};

  heddle::WaitGroup shift;
  for (Crane& crane : cranes) {
    shift.Go([&crane, &wine] {  // bug: deadlock
      for (int i = 0; i < 100; ++i) {
        crane.Lift(wine);  // bug: deadlock
        heddle::Yield();
      }
    });
  }
  shift.Wait();  // bug: deadlock
  for (const Crane& crane : cranes) std::printf("%d kg\n", crane.kilos());
}

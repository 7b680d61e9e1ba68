// What: A crane takes one token for a crate that it lifts, with all the crates that this one holds.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <utility>
#include <vector>

// So many crates may be in the air.
class Tokens {
 public:
  explicit Tokens(int count) : tokens_(count) {}
  void Take() {
    tokens_.Send(heddle::Unit{});
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
    tokens_.Take();
    HEDDLE_DEFER(tokens_.Give());
    Raise(crate);
  }

  int kilos() const { return kilos_; }

 private:
  void Raise(const Crate& crate) {
    kilos_ += crate.kilos;
    for (const Crate& inner : crate.inside) Raise(inner);
    heddle::Yield();
  }

  Tokens& tokens_;
  int kilos_ = 0;
};

int main() {
  Tokens tokens(2);
  std::vector<Crane> cranes(2, Crane(tokens));
  const Crate wine{20, {Crate{1, {}}, Crate{1, {}}}};

  heddle::WaitGroup shift;
  for (Crane& crane : cranes) {
    shift.Go([&crane, &wine] {
      for (int i = 0; i < 100; ++i) {
        crane.Lift(wine);
        heddle::Yield();
      }
    });
  }
  shift.Wait();
  for (const Crane& crane : cranes) std::printf("%d kg\n", crane.kilos());
}

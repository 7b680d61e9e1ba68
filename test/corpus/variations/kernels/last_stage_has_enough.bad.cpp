// What: A mill pipes grain through three stages; the last stage stops at the first bad sack and the two before it stay in their sends.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

struct Sack {
  int number = 0;
  bool bad = false;
};

class Mill {
 public:
  explicit Mill(heddle::Context ctx) : ctx_(std::move(ctx)) {}

  heddle::RecvChannel<Sack> Load(int sacks) {
    heddle::Channel<Sack> out;
    stages_.Go([this, sacks, out] {  // bug: leaked-task, deadlock
      HEDDLE_DEFER(out.Close());
      for (int number = 1; number <= sacks; ++number) {
        if (!Pass(out, Sack{number, number % 7 == 0})) return;
      }
    });
    return out;
  }

  heddle::RecvChannel<Sack> Map(heddle::RecvChannel<Sack> in, std::function<Sack(Sack)> map) {
    heddle::Channel<Sack> out;
    stages_.Go([this, in = std::move(in), map = std::move(map), out] {  // bug: leaked-task, deadlock
      HEDDLE_DEFER(out.Close());
      for (const Sack& sack : in) {
        if (!Pass(out, map(sack))) return;
      }
    });
    return out;
  }

  // The number of good sacks before the first bad one.
  int Inspect(const heddle::RecvChannel<Sack>& in) {
    int good = 0;
    for (const Sack& sack : in) {
      if (sack.bad) break;  // bug: leaked-task, deadlock
      ++good;
    }
    return good;
  }

  void Wait() {
    stages_.Wait();  // bug: deadlock
  }

 private:
  bool Pass(const heddle::SendChannel<Sack>& out, const Sack& sack) {
    out.Send(sack);  // bug: leaked-task, deadlock
    return ctx_.Err() == heddle::ContextError::kOk;
  }

  heddle::Context ctx_;
  heddle::WaitGroup stages_;
};

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  Mill mill(ctx);
  heddle::RecvChannel<Sack> cleaned = mill.Map(mill.Load(40), [](Sack sack) {
    sack.bad = sack.bad && sack.number > 7;
    return sack;
  });
  std::printf("%d good sacks\n", mill.Inspect(cleaned));
  cancel();
  mill.Wait();  // bug: deadlock
}

// What: A conveyor weighs every crate under its lock and skips an empty crate with continue, which passes the unlock by.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <vector>

struct Crate {
  int id = 0;
  int kilos = 0;
};

class Scale {
 public:
  void Put(Crate crate) { crates_.Send(crate); }
  void NoMore() { crates_.Close(); }

  void Run() {
    while (std::optional<Crate> crate = crates_.Recv()) {
      mu_.Lock();  // bug: missing-unlock, double-lock, deadlock
      const int kilos = Tare(*crate);
      if (kilos <= 0) {
        ++skipped_;
        continue;  // bug: missing-unlock
      }
      total_ += kilos;
      mu_.Unlock();
    }
  }

  int total() {
    heddle::MutexLock lock(mu_);  // bug: deadlock
    return total_;
  }

 private:
  static int Tare(const Crate& crate) { return crate.kilos - 2; }

  heddle::Channel<Crate> crates_{4};
  heddle::Mutex mu_;
  int total_ = 0;
  int skipped_ = 0;
};

int main() {
  Scale scale;
  heddle::WaitGroup belt;
  belt.Go(&Scale::Run, &scale);
  const std::vector<int> weights = {12, 2, 30, 7};
  for (int i = 0; i < static_cast<int>(weights.size()); ++i) {
    scale.Put({i, weights[static_cast<std::size_t>(i)]});
  }
  scale.NoMore();
  belt.Wait();  // bug: deadlock
  std::printf("%d kilos\n", scale.total());
}

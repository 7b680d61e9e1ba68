// What: A switchboard quiesces when its owner stops it and when a call fails; whoever is first under the lock closes the signal.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Switchboard {
 public:
  using Call = std::function<bool(int)>;
  explicit Switchboard(Call call) : call_(std::move(call)) {}

  heddle::RecvChannel<heddle::Unit> Quiescing() const { return quiescing_; }

  void Stop() { Quiesce(); }

  // Puts calls through until the board quiesces.
  void Serve() {
    for (int line = 1; !IsQuiescing(); ++line) {
      if (call_(line)) continue;
      Quiesce();
      return;
    }
  }

 private:
  bool IsQuiescing() const {
    return heddle::Select(heddle::OnRecv(quiescing_), heddle::OnDefault()) == 0;
  }

  void Quiesce() {
    {
      heddle::MutexLock lock(mu_);
      if (closed_) return;
      closed_ = true;
    }
    Announce();
    quiescing_.Close();
  }

  // Gives everybody on the board a turn to hang up.
  static void Announce() { heddle::Yield(); }

  const Call call_;
  heddle::Channel<heddle::Unit> quiescing_;
  heddle::Mutex mu_;
  bool closed_ = false;
};

int CountEvenings(int evenings) {
  int quiet = 0;
  for (int evening = 0; evening < evenings; ++evening) {
    Switchboard board([](int line) { return line < 5; });
    heddle::WaitGroup tasks;
    tasks.Go([&board] { board.Serve(); });
    tasks.Go([&board] { board.Stop(); });
    board.Quiescing().Recv();
    tasks.Wait();
    ++quiet;
  }
  return quiet;
}

int main() { std::printf("%d quiet evenings\n", CountEvenings(200)); }

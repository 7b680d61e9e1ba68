// What: A switchboard quiesces when its owner stops it and when a call fails; both look whether that has happened and then close the same signal.
// Run: panic-some
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <utility>

class Switchboard {
 public:
  using Call = std::function<bool(int)>;
  explicit Switchboard(Call call) : call_(std::move(call)) {}

  heddle::RecvChannel<heddle::Unit> Quiescing() const { return quiescing_; }

  void Stop() { Quiesce(); }  // bug: double-close

  // Puts calls through until the board quiesces.
  void Serve() {
    for (int line = 1; !IsQuiescing(); ++line) {
      if (call_(line)) continue;
      Quiesce();  // bug: double-close
      return;
    }
  }

 private:
  bool IsQuiescing() const {
    return heddle::Select(heddle::OnRecv(quiescing_), heddle::OnDefault()) == 0;
  }

  void Quiesce() {
    if (closed_.load()) return;
    Announce();
    quiescing_.Close();  // bug: double-close
    closed_.store(true);
  }

  // Gives everybody on the board a turn to hang up.
  static void Announce() { heddle::Yield(); }

  const Call call_;
  heddle::Channel<heddle::Unit> quiescing_;
  std::atomic<bool> closed_{false};
};

int CountEvenings(int evenings) {
  int quiet = 0;
  for (int evening = 0; evening < evenings; ++evening) {
    Switchboard board([](int line) { return line < 5; });
    heddle::WaitGroup tasks;
    tasks.Go([&board] { board.Serve(); });  // bug: double-close
    tasks.Go([&board] { board.Stop(); });  // bug: double-close
    board.Quiescing().Recv();
    tasks.Wait();
    ++quiet;
  }
  return quiet;
}

int main() { std::printf("%d quiet evenings\n", CountEvenings(200)); }

// What: Runners in a ring pass a baton through unbuffered channels; who finds that it has gone far enough closes the finish, on which all listen.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

struct Baton {
  int steps = 0;
};

class Ring {
 public:
  Ring(int runners, int distance) : distance_(distance) {
    for (int i = 0; i < runners; ++i) links_.emplace_back();
  }

  int Race() {
    heddle::WaitGroup running;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      running.Go([this, in = links_[i], out = links_[(i + 1) % links_.size()]] { Run(in, out); });
    }
    links_.front().Send(Baton{});
    running.Wait();
    return result_;
  }

 private:
  // Passes the baton on until the race is over.
  void Run(heddle::RecvChannel<Baton> in, heddle::SendChannel<Baton> out) {
    for (;;) {
      std::optional<Baton> baton;
      const int chosen = heddle::Select(
          heddle::OnRecv(in, [&](std::optional<Baton> got) { baton = got; }), heddle::OnRecv(finish_));
      if (chosen == 1) return;
      if (++baton->steps == distance_) {
        result_ = baton->steps;
        finish_.Close();  // there is one baton: only one comes here
        return;
      }
      heddle::Select(heddle::OnSend(out, *baton), heddle::OnRecv(finish_));
    }
  }

  const int distance_;
  std::vector<heddle::Channel<Baton>> links_;
  heddle::Channel<heddle::Unit> finish_;
  int result_ = 0;
};

int main() {
  std::printf("%d\n", Ring(5, 42).Race());
  std::printf("%d\n", Ring(2, 1).Race());
}

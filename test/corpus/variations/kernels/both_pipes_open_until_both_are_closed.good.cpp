// What: A mixer receives from two channels and puts a nil channel in the place of the one that is closed, so its select waits for the other only; it ends when both are nil.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

class Mixer {
 public:
  Mixer(heddle::RecvChannel<int> hot, heddle::RecvChannel<int> cold)
      : hot_(std::move(hot)), cold_(std::move(cold)) {}

  heddle::RecvChannel<int> Out() const { return out_; }

  void Run() {
    HEDDLE_DEFER(out_.Close());
    while (hot_ || cold_) {
      std::optional<int> next;
      auto take = [&next](heddle::RecvChannel<int>& from) {
        return [&next, &from](std::optional<int> litres) {
          next = litres;
          if (!litres) from = heddle::RecvChannel<int>::Nil();
        };
      };
      heddle::Select(heddle::OnRecv(hot_, take(hot_)), heddle::OnRecv(cold_, take(cold_)));
      if (next) out_.Send(*next);
    }
  }

 private:
  heddle::RecvChannel<int> hot_;
  heddle::RecvChannel<int> cold_;
  heddle::Channel<int> out_;
};

void Pour(heddle::SendChannel<int> pipe, int litres, int times) {
  HEDDLE_DEFER(pipe.Close());
  for (int i = 0; i < times; ++i) pipe.Send(litres);
}

int main() {
  heddle::Channel<int> hot;
  heddle::Channel<int> cold(2);
  Mixer mixer(hot, cold);
  heddle::WaitGroup tasks;
  tasks.Go(Pour, heddle::SendChannel<int>(hot), 3, 4);
  tasks.Go(Pour, heddle::SendChannel<int>(cold), 1, 9);
  tasks.Go([&] { mixer.Run(); });
  int litres = 0;
  for (int part : mixer.Out()) litres += part;
  tasks.Wait();
  std::printf("%d litres\n", litres);
}

// What: A player waits for its pause channel, which it makes in its constructor.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Player {
 public:
  explicit Player(std::string track) : track_(std::move(track)) {}

  void Play() {
    std::printf("playing %s\n", track_.c_str());
    end_.Recv();
    std::printf("ended %s\n", track_.c_str());
  }

  void End() {
    if (end_) end_.Close();
  }

 private:
  std::string track_;
  heddle::Channel<heddle::Unit> end_;
};

int main() {
  Player player("overture");
  heddle::WaitGroup stage;
  stage.Go([&player] { player.Play(); });
  player.End();
  stage.Wait();
}

// What: A player waits for its pause channel, which is nil as long as nobody has called the setter that makes it.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Player {
 public:
  explicit Player(std::string track) : track_(std::move(track)) {}

  void Play() {
    std::printf("playing %s\n", track_.c_str());
    end_.Recv();  // bug: nil-channel, deadlock, leaked-task
    std::printf("ended %s\n", track_.c_str());
  }

  void End() {
    if (end_) end_.Close();
  }

 private:
  std::string track_;
  heddle::Channel<heddle::Unit> end_ = heddle::Channel<heddle::Unit>::Nil();  // bug: nil-channel
};

int main() {
  Player player("overture");
  heddle::WaitGroup stage;
  stage.Go([&player] { player.Play(); });  // bug: leaked-task, nil-channel
  player.End();
  stage.Wait();  // bug: deadlock
}

// What: A hedged request asks two replicas and takes the first answer; the slower one sends its answer on an unbuffered channel after the caller has left.
// Run: leak
#include <heddle/heddle.h>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>

class Replica {
 public:
  Replica(std::string name, int yields) : name_(std::move(name)), yields_(yields) {}
  std::string Read(const std::string& key) const {
    for (int i = 0; i < yields_; ++i) heddle::Yield();
    return key + " from " + name_;
  }

 private:
  std::string name_;
  int yields_;
};

class HedgedClient {
 public:
  HedgedClient() : replicas_{Replica("near", 1), Replica("far", 50)} {}

  std::string Get(const std::string& key) {
    heddle::Channel<std::string> answers;
    for (const Replica& replica : replicas_) {
      Ask([answers, key, copy = replica] {
        answers.Send(copy.Read(key));  // bug: leaked-task
      });
    }
    return answers.Recv().value_or("");  // bug: leaked-task
  }

 private:
  void Ask(std::function<void()> request) {
    heddle::go(std::move(request));  // bug: leaked-task
  }

  std::array<Replica, 2> replicas_;
};

int main() {
  HedgedClient client;
  for (const char* key : {"colour", "size"}) std::printf("%s\n", client.Get(key).c_str());
}

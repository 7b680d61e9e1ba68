// What: A hedged request asks two replicas and takes the first answer; the slower one sends or sees that the request is over, and the client waits for it.
// Run: clean
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
  ~HedgedClient() { asked_.Wait(); }

  std::string Get(const std::string& key) {
    heddle::Channel<std::string> answers;
    heddle::Channel<heddle::Unit> over;
    HEDDLE_DEFER(over.Close());
    for (const Replica& replica : replicas_) {
      Ask([answers, over, key, copy = replica] {
        heddle::Select(heddle::OnSend(answers, copy.Read(key)), heddle::OnRecv(over));
      });
    }
    return answers.Recv().value_or("");
  }

 private:
  void Ask(std::function<void()> request) {
    asked_.Go(std::move(request));
  }

  std::array<Replica, 2> replicas_;
  heddle::WaitGroup asked_;
};

int main() {
  HedgedClient client;
  for (const char* key : {"colour", "size"}) std::printf("%s\n", client.Get(key).c_str());
}

// What: A registry takes all its nodes out under its lock and drops them after it; a node's destructor waits for its heartbeat.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <utility>

class Node {
 public:
  Node(int id, std::function<void(int)> report) : id_(id), report_(std::move(report)) {
    heartbeat_.Go([this] { Beat(); });
  }
  ~Node() {
    stop_.Close();
    heartbeat_.Wait();
  }

 private:
  void Beat() {
    do {
      report_(id_);
      heddle::Yield();
    } while (stop_.TryRecv().state != heddle::RecvState::kClosed);
  }

  const int id_;
  std::function<void(int)> report_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup heartbeat_;
};

class Registry {
 public:
  void Add(int id) {
    auto node = std::make_unique<Node>(id, [this](int sender) { OnBeat(sender); });
    heddle::MutexLock lock(mu_);
    nodes_[id] = std::move(node);
  }

  void Clear() {
    std::map<int, std::unique_ptr<Node>> dropped;
    {
      heddle::MutexLock lock(mu_);
      dropped.swap(nodes_);
    }
    dropped.clear();
  }

  int beats() {
    heddle::MutexLock lock(mu_);
    int sum = 0;
    for (auto& [id, beats] : beats_) sum += beats;
    return sum;
  }

 private:
  void OnBeat(int id) {
    heddle::MutexLock lock(mu_);
    ++beats_[id];
  }

  heddle::Mutex mu_;
  std::map<int, int> beats_;
  std::map<int, std::unique_ptr<Node>> nodes_;
};

int main() {
  Registry registry;
  for (int id = 0; id < 4; ++id) registry.Add(id);
  heddle::Yield();
  registry.Clear();
  std::printf("beats: %d\n", registry.beats() > 0);
}

// What: A replicator takes the entry's number under its lock and waits for the acknowledgement without it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

struct Entry {
  int index;
  std::string text;
  heddle::Channel<bool> acknowledged;
};

class Replicator {
 public:
  void Start() {
    follower_.Go([this] { Follow(); });
  }

  bool Append(std::string text) {
    mu_.Lock();
    const int index = ++next_;
    mu_.Unlock();
    return Replicate(Entry{index, std::move(text), {}});
  }

  std::size_t Stop() {
    entries_.Close();
    follower_.Wait();
    heddle::MutexLock lock(mu_);
    return log_.size();
  }

 private:
  bool Replicate(const Entry& entry) {
    entries_.Send(entry);
    return entry.acknowledged.Recv().value_or(false);
  }

  void Record(const Entry& entry) {
    heddle::MutexLock lock(mu_);
    log_[entry.index] = entry.text;
  }

  void Follow() {
    while (std::optional<Entry> entry = entries_.Recv()) {
      Record(*entry);
      entry->acknowledged.Send(true);
    }
  }

  heddle::Mutex mu_;
  int next_ = 0;
  std::map<int, std::string> log_;
  heddle::Channel<Entry> entries_{4};
  heddle::WaitGroup follower_;
};

int main() {
  Replicator replicator;
  replicator.Start();
  for (const char* text : {"set a", "set b"}) {
    std::printf("%s\n", replicator.Append(text) ? "stored" : "lost");
  }
  std::printf("%zu entries\n", replicator.Stop());
}

// What: A replicator waits for the acknowledgement of an entry with its lock held; the follower records the entry under that lock before it acknowledges.
// Run: deadlock
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
    follower_.Go([this] { Follow(); });  // bug: deadlock
  }

  bool Append(std::string text) {
    mu_.Lock();  // bug: blocking-under-lock, deadlock
    HEDDLE_DEFER(mu_.Unlock());
    return Replicate(Entry{++next_, std::move(text), {}});  // bug: blocking-under-lock, deadlock
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
    return entry.acknowledged.Recv().value_or(false);  // bug: blocking-under-lock, deadlock
  }

  void Record(const Entry& entry) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    log_[entry.index] = entry.text;
  }

  void Follow() {
    while (std::optional<Entry> entry = entries_.Recv()) {
      Record(*entry);  // bug: blocking-under-lock, deadlock
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
    std::printf("%s\n", replicator.Append(text) ? "stored" : "lost");  // bug: deadlock
  }
  std::printf("%zu entries\n", replicator.Stop());
}

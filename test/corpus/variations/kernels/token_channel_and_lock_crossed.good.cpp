// What: An editor uses a channel of one token as a lock, and both a save and a reload take the token before the document's lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

// A lock made of a channel with one place.
class DiskToken {
 public:
  DiskToken() { token_.Send(heddle::Unit{}); }
  void Take() { token_.Recv(); }
  void Return() { token_.Send(heddle::Unit{}); }

 private:
  heddle::Channel<heddle::Unit> token_{1};
};

class Editor {
 public:
  void Type(const std::string& text) {
    heddle::MutexLock lock(mu_);
    text_ += text;
  }

  void Save() {
    disk_.Take();
    HEDDLE_DEFER(disk_.Return());
    saved_ = Snapshot();
  }

  void Reload() {
    disk_.Take();
    HEDDLE_DEFER(disk_.Return());
    heddle::MutexLock lock(mu_);
    if (text_.size() < 8) return;
    text_ = saved_;
  }

 private:
  std::string Snapshot() {
    heddle::MutexLock lock(mu_);
    return text_.substr(0, 4);
  }

  DiskToken disk_;
  heddle::Mutex mu_;
  std::string text_;
  std::string saved_;
};

int main() {
  Editor editor;
  heddle::WaitGroup tasks;
  auto times = [](int n, auto step) {
    return [n, step] {
      for (int i = 0; i < n; ++i) step();
    };
  };
  tasks.Go(times(5000, [&editor] { editor.Type("abc "); }));
  tasks.Go(times(5000, [&editor] { editor.Save(); }));
  tasks.Go(times(5000, [&editor] { editor.Reload(); }));
  tasks.Wait();
  std::printf("done\n");
}

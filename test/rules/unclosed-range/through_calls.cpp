// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>
#include <utility>

class Feed {
 public:
  void Push(int n) { items_.Send(n); }
  std::optional<int> Next() {
    return items_.Recv();  // want: unclosed-range "receives from 'items_' until it is closed"
  }

 private:
  heddle::Channel<int> items_{4};
};

int Drain(Feed& feed) {
  int sum = 0;
  while (std::optional<int> item = feed.Next()) sum += *item;
  return sum;
}

int UseFeed() {
  Feed feed;
  feed.Push(1);
  feed.Push(2);
  return Drain(feed);
}

// A generator that forgets to close what it returns.
heddle::RecvChannel<int> Generate(int n) {
  heddle::Channel<int> out;
  heddle::go([out, n]() mutable {
    for (int i = 0; i < n; ++i) out.Send(i);
  });
  return out;
}

int UseGenerator() {
  int sum = 0;
  for (int n : Generate(3)) sum += n;  // want: unclosed-range "'UseGenerator' receives"
  return sum;
}

// This one closes.
class Log {
 public:
  void Start() {
    writer_.Go([this] {
      for (int line : lines_) last_ = line;
    });
  }
  void Write(int line) { lines_.Send(line); }
  void Stop() {
    lines_.Close();
    writer_.Wait();
  }

 private:
  heddle::Channel<int> lines_;
  heddle::WaitGroup writer_;
  int last_ = 0;
};

int main() {
  Log log;
  log.Start();
  log.Write(1);
  log.Stop();
  return 0;
}

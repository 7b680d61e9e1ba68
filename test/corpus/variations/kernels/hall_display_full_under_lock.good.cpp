// What: A departure hall updates its display through a channel of capacity two after dropping its lock; the display asks the hall for the platform before it takes the next update.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>

class Hall {
 public:
  heddle::RecvChannel<std::string> Updates() const { return updates_; }

  void Depart(const std::string& train, int platform) {
    {
      heddle::WriterLock lock(mu_);
      platforms_[train] = platform;
    }
    Announce(train);
  }

  int Platform(const std::string& train) const {
    heddle::ReaderLock lock(mu_);
    auto it = platforms_.find(train);
    return it == platforms_.end() ? 0 : it->second;
  }

  void Close() { updates_.Close(); }

 private:
  void Announce(std::string train) {
    updates_.Send(std::move(train));
  }

  mutable heddle::RWMutex mu_;
  std::map<std::string, int> platforms_;
  heddle::Channel<std::string> updates_{2};
};

class Display {
 public:
  explicit Display(const Hall& hall) : hall_(hall) {}
  void Show() {
    for (const std::string& train : hall_.Updates()) Render(train);
  }
  int shown() const { return shown_; }

 private:
  void Render(const std::string& train) {
    const int platform = hall_.Platform(train);
    if (platform > 0) ++shown_;
  }

  const Hall& hall_;
  int shown_ = 0;
};

int main() {
  Hall hall;
  Display display(hall);
  heddle::WaitGroup screen;
  screen.Go([&] { display.Show(); });
  for (int minute = 0; minute < 200; ++minute) {
    hall.Depart("ice " + std::to_string(minute % 7), 1 + minute % 12);
  }
  hall.Close();
  screen.Wait();
  std::printf("%d shown\n", display.shown());
}

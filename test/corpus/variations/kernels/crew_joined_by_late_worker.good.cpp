// What: A station's announcers belong to its crew; each adds a helper to the crew while it is still counted itself, so the wait for the crew sees both.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

// The tasks that have to be gone before the program may end.
class Crew {
 public:
  void Run(std::function<void()> work) {
    members_.Add(1);
    heddle::go([this, work = std::move(work)] {
      HEDDLE_DEFER(members_.Done());
      work();
    });
  }

  heddle::RecvChannel<heddle::Unit> Leaving() const { return leaving_; }

  void Dismiss() {
    leaving_.Close();
    members_.Wait();
  }

 private:
  heddle::Channel<heddle::Unit> leaving_;
  heddle::WaitGroup members_;
};

class Station {
 public:
  explicit Station(Crew& crew) : crew_(crew) {}

  void Announce(const char* news) {
    heddle::MutexLock lock(mu_);
    std::printf("%s\n", news);
    crew_.Run([this] { Archive(); });
  }

 private:
  void Archive() {
    heddle::MutexLock lock(mu_);
    ++archived_;
  }

  Crew& crew_;
  heddle::Mutex mu_;
  int archived_ = 0;
};

int main() {
  Crew crew;
  Station station(crew);
  for (const char* news : {"rain at noon", "bridge closed", "fair opens"}) {
    crew.Run([&station, news] { station.Announce(news); });
  }
  heddle::Yield();
  crew.Dismiss();
}

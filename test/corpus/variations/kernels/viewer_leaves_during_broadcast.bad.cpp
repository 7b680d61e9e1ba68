// What: A studio hands every frame to every viewer with its lock held; a viewer that leaves needs that lock to get out of the list, and takes no more frames.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>

class Studio;

class Viewer {
 public:
  Viewer(Studio& studio, int seat) : studio_(studio), seat_(seat) {}

  void Leave();

 private:
  friend class Studio;

  Studio& studio_;
  const int seat_;
  heddle::Channel<int> frames_;
};

class Studio {
 public:
  Studio() {
    camera_.Go([this] { Film(); });  // bug: deadlock, leaked-task
  }

  std::shared_ptr<Viewer> Watch() {
    heddle::MutexLock lock(mu_);
    const int seat = ++last_seat_;
    auto viewer = std::make_shared<Viewer>(*this, seat);
    viewers_[seat] = viewer;
    return viewer;
  }

  void StopWatching(int seat) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    auto it = viewers_.find(seat);
    if (it == viewers_.end()) return;
    it->second->frames_.Close();
    viewers_.erase(it);
  }

  void Close() {
    closing_.Close();
    camera_.Wait();  // bug: deadlock
  }

 private:
  void Film() {
    for (int frame = 0;; ++frame) {
      if (heddle::Select(heddle::OnRecv(closing_), heddle::OnDefault()) == 0) return;
      Show(frame);
    }
  }

  void Show(int frame) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    for (auto& [seat, viewer] : viewers_) {
      viewer->frames_.Send(frame);  // bug: blocking-under-lock, deadlock, leaked-task
    }
  }

  heddle::Channel<heddle::Unit> closing_;
  heddle::Mutex mu_;
  int last_seat_ = 0;
  std::map<int, std::shared_ptr<Viewer>> viewers_;
  heddle::WaitGroup camera_;
};

void Viewer::Leave() {
  studio_.StopWatching(seat_);  // bug: blocking-under-lock, deadlock
}

int main() {
  Studio studio;
  for (int i = 0; i < 500; ++i) {
    std::shared_ptr<Viewer> viewer = studio.Watch();
    if (i % 2 == 1) heddle::Yield();
    viewer->Leave();  // bug: blocking-under-lock, deadlock
  }
  studio.Close();
  std::printf("the film is over\n");
}

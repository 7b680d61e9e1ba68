// What: A theatre fills its channel, takes its locks in the other order and writes its fields bare while it sets itself up; its first task is started after all that.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Stage {
 public:
  heddle::Mutex mu;
  std::vector<std::string> scenes;
};

class Theatre {
 public:
  Theatre() : cues_(3) {
    for (const char* cue : {"lights", "curtain", "music"}) cues_.Send(cue);
    cues_.Close();
  }

  // Nobody else is there yet.
  void SetUp() {
    heddle::MutexLock lock(stage_.mu);
    stage_.scenes = {"garden", "hall"};
    heddle::MutexLock crew_lock(crew_mu_);
    crew_ = 2;
  }

  void Play() {
    SetUp();
    heddle::WaitGroup tasks;
    const int members = crew_;
    for (int member = 0; member < members; ++member) tasks.Go([this] { Follow(); });
    tasks.Wait();
    std::printf("%zu scenes, %d at work\n", stage_.scenes.size(), crew_);
  }

 private:
  void Follow() {
    for (const std::string& cue : cues_) {
      heddle::MutexLock crew_lock(crew_mu_);
      heddle::MutexLock lock(stage_.mu);
      stage_.scenes.push_back("after the " + cue);
    }
    heddle::MutexLock crew_lock(crew_mu_);
    --crew_;
  }

  heddle::Channel<std::string> cues_;
  Stage stage_;
  heddle::Mutex crew_mu_;
  int crew_ = 0;
};

int main() {
  auto theatre = std::make_unique<Theatre>();
  theatre->Play();
}

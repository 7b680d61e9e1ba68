// RUN: %expect %s
// The Add is in a helper, the group in a class.
#include <heddle/heddle.h>

void Fetch(int) noexcept;

class Fetcher {
 public:
  void Start(int id) {
    heddle::go([this, id] { Run(id); });
  }
  void Finish() { running_.Wait(); }

 private:
  void Enter() {
    running_.Add(1);  // want: add-after-spawn "'fetcher.running_' is added to inside the task"
  }
  void Run(int id) {
    Enter();
    Fetch(id);
    running_.Done();
  }
  heddle::WaitGroup running_;
};

void Use() {
  Fetcher fetcher;
  fetcher.Start(1);
  fetcher.Start(2);
  fetcher.Finish();
}

class GoodFetcher {
 public:
  void Start(int id) {
    Enter();
    heddle::go([this, id] { Run(id); });
  }
  void Finish() { running_.Wait(); }

 private:
  void Enter() { running_.Add(1); }
  void Run(int id) {
    Fetch(id);
    running_.Done();
  }
  heddle::WaitGroup running_;
};

void UseGood() {
  GoodFetcher fetcher;
  fetcher.Start(1);
  fetcher.Start(2);
  fetcher.Finish();
}

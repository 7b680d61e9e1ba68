// RUN: %expect %s
//
// What a member holds is what was ever given to it: by a setter, from another
// class's constructor, or by a constructor that is handed a function.
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

class Pantry {
public:
  void onEmpty(std::function<void(int)> f) { onEmpty_ = std::move(f); }
  int count() {
    std::lock_guard<std::mutex> lock(shelf_);
    return jars_;
  }
  void take() {
    std::lock_guard<std::mutex> lock(shelf_);
    if (--jars_ == 0 && onEmpty_)
      onEmpty_(jars_);
  }

private:
  std::function<void(int)> onEmpty_;
  std::mutex shelf_;
  int jars_ = 3;
};

class Cook {
public:
  explicit Cook(Pantry &p) : pantry_(p) {
    pantry_.onEmpty([this](int n) { note(n); });
  }
  int plan() {
    std::lock_guard<std::mutex> lock(list_);
    return pantry_.count() + missing_;
  }

private:
  void note(int n) {
    std::lock_guard<std::mutex> lock(list_); // want: lock-order "opposite order"
    missing_ += n + 1;
  }
  Pantry &pantry_;
  std::mutex list_;
  int missing_ = 0;
};

void dinner() {
  Pantry pantry;
  Cook cook(pantry);
  std::thread eater([&] { pantry.take(); });
  std::thread planner([&] { cook.plan(); });
  eater.join();
  planner.join();
}

// The holder gets its function from whoever makes it.
class Bell {
public:
  explicit Bell(std::function<void()> ring) : ring_(std::move(ring)) {}
  bool isQuiet() {
    std::lock_guard<std::mutex> lock(clapper_);
    return quiet_;
  }
  void pull() {
    std::lock_guard<std::mutex> lock(clapper_);
    ring_();
  }

private:
  std::function<void()> ring_;
  std::mutex clapper_;
  bool quiet_ = true;
};

void tower() {
  std::mutex rope;
  int rings = 0;
  Bell bell([&] {
    std::lock_guard<std::mutex> lock(rope); // want: lock-order "opposite order"
    ++rings;
  });
  std::thread ringer([&] { bell.pull(); });
  std::thread keeper([&] {
    std::lock_guard<std::mutex> lock(rope);
    if (bell.isQuiet())
      ++rings;
  });
  ringer.join();
  keeper.join();
}

int main() {
  dinner();
  tower();
}

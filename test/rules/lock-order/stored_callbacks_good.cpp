// RUN: %expect %s
//
// Look-alikes: the callback runs without the lock, needs another one, or is
// another object's.
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
    bool empty;
    {
      std::lock_guard<std::mutex> lock(shelf_);
      empty = --jars_ == 0;
    }
    if (empty && onEmpty_)
      onEmpty_(0);
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
    std::lock_guard<std::mutex> lock(list_);
    missing_ += n + 1;
  }
  Pantry &pantry_;
  std::mutex list_;
  int missing_ = 0;
};

// Two of a class: only one of them was given something that needs the lock,
// and that is not the one that is pressed with the lock held.
class Button {
public:
  void onPress(std::function<void()> f) { onPress_ = std::move(f); }
  void press() {
    if (onPress_)
      onPress_();
  }

private:
  std::function<void()> onPress_;
};

class Panel {
public:
  Panel() {
    ok_.onPress([this] { close(); });
    help_.onPress([] {});
  }
  void help() {
    std::lock_guard<std::mutex> lock(state_);
    help_.press();
  }
  void ok() { ok_.press(); }

private:
  void close() {
    std::lock_guard<std::mutex> lock(state_);
    ++closed_;
  }
  Button ok_, help_;
  std::mutex state_;
  int closed_ = 0;
};

int main() {
  Pantry pantry;
  Cook cook(pantry);
  std::thread eater([&] { pantry.take(); });
  std::thread planner([&] { cook.plan(); });
  eater.join();
  planner.join();
  Panel panel;
  std::thread user([&] { panel.help(); });
  panel.ok();
  user.join();
}

// What: A monitor keeps a value, its lock and its condition together; it changes the value and wakes all, or waits for a predicate with or without an action.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <optional>
#include <utility>

template <class T>
class Monitor {
 public:
  // Changes the value and wakes whoever waits for a change.
  template <class F>
  auto Change(F f) {
    heddle::MutexLock lock(mu_);
    heddle::Defer wake([this] { changed_.Broadcast(); });
    return f(value_);
  }

  // Waits for `ready` and then changes the value.
  template <class P, class F>
  auto When(P ready, F f) {
    heddle::MutexLock lock(mu_);
    while (!ready(value_)) changed_.Wait();
    heddle::Defer wake([this] { changed_.Broadcast(); });
    return f(value_);
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  T value_{};
};

struct Belt {
  std::deque<int> sushi;
  bool closed = false;
};

class Bar {
 public:
  void Serve(int plate) {
    belt_.When([](const Belt& belt) { return belt.sushi.size() < 3; },
               [&](Belt& belt) { belt.sushi.push_back(plate); });
  }
  std::optional<int> Take() {
    return belt_.When([](const Belt& belt) { return belt.closed || !belt.sushi.empty(); },
                      [](Belt& belt) -> std::optional<int> {
                        if (belt.sushi.empty()) return std::nullopt;
                        const int plate = belt.sushi.front();
                        belt.sushi.pop_front();
                        return plate;
                      });
  }
  void Close() {
    belt_.Change([](Belt& belt) { belt.closed = true; });
  }

 private:
  Monitor<Belt> belt_;
};

int main() {
  Bar bar;
  Monitor<int> eaten;
  heddle::WaitGroup guests;
  for (int guest = 0; guest < 3; ++guest) {
    guests.Go([&] {
      while (std::optional<int> plate = bar.Take()) {
        eaten.Change([&](int& sum) { sum += *plate; });
      }
    });
  }
  for (int plate = 1; plate <= 20; ++plate) bar.Serve(plate);
  bar.Close();
  guests.Wait();
  std::printf("%d\n", eaten.Change([](int& sum) { return sum; }));
}

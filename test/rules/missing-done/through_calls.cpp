// RUN: %expect %s
// Done is a few calls away, in a class and in a callback.
#include <heddle/heddle.h>

#include <functional>
#include <utility>

bool Check(int);

class Batch {
 public:
  void Run() {
    left_.Add(1);
    heddle::go([this] { One(1); });
    left_.Wait();
  }

 private:
  void One(int id) {
    if (!Check(id)) return;  // want: missing-done "the task returns here without calling Done on 'left_'"
    Finish();
  }
  void Finish() { left_.Done(); }
  heddle::WaitGroup left_;
};

// The callback decides; the one that is given forgets.
void Visit(int id, const std::function<void()>& then) {
  if (Check(id)) then();
}  // want: missing-done "without calling Done on 'visits'"

void WithCallback() {
  heddle::WaitGroup visits;
  visits.Add(1);
  heddle::go([&] {
    Visit(1, [&] { visits.Done(); });
  });
  visits.Wait();
}

// The callback always comes.
void Always(int id, const std::function<void()>& then) {
  Check(id);
  then();
}
void WithCertainCallback() {
  heddle::WaitGroup visits;
  visits.Add(1);
  heddle::go([&] {
    Always(1, [&] { visits.Done(); });
  });
  visits.Wait();
}

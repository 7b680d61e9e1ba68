// RUN: %expect %s
// As bound_arguments.cpp, but what runs the call is not seen, or counts down: a
// call that carries its arguments brings along what it captured.
#include <heddle/heddle.h>

#include <functional>
#include <utility>

struct Job {
  std::function<void()> run;
};

struct Executor {  // elsewhere
  static Executor &Default();
  void Enqueue(Job &&job);
};

template <class F, class... Args>
void Schedule(F &&f, Args &&...args) {
  Executor::Default().Enqueue(Job{std::bind(std::forward<F>(f), std::forward<Args>(args)...)});
}

int Brewed() {
  heddle::Channel<int> litres;
  Schedule([litres](int each, bool doubled) { litres.Send(doubled ? 2 * each : each); }, 40, true);
  return litres.Recv().value_or(0);
}

template <class F, class... Args>
void Start(F &&f, Args &&...args) {
  heddle::go(std::bind(std::forward<F>(f), std::forward<Args>(args)...));
}

void CountsDown() {
  heddle::WaitGroup casks;
  casks.Add(2);
  for (int cask = 0; cask < 2; ++cask)
    Start([&casks](int) { casks.Done(); }, cask);
  casks.Wait();
}

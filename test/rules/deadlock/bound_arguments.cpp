// RUN: %expect %s
// A call that carries its arguments through two templates is the same call.
#include <heddle/heddle.h>

#include <functional>
#include <utility>

template <class F, class... Args>
void Start(F &&f, Args &&...args) {
  heddle::go(std::bind(std::forward<F>(f), std::forward<Args>(args)...));
}

void CountsDownWhenTold() {
  heddle::WaitGroup casks;
  casks.Add(2);
  for (int cask = 0; cask < 2; ++cask)
    Start(
        [&casks](bool isFull) {
          if (isFull) casks.Done();
        },  // want: missing-done "returns here without calling Done on 'casks'"
        cask == 0);
  casks.Wait();
}

// What: A helper that runs a function over a range in chunks counts n / chunk of them; the last, shorter chunk is started as well and counts the group below zero.
// Run: panic
#include <heddle/heddle.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

// Calls f(first, last) for pieces of [0, n) of at most `chunk` at the same time and waits for all.
template <class F>
void Parallel(const F& f, int n, int chunk = 4) {
  heddle::WaitGroup pieces;
  pieces.Add(n / chunk);  // bug: counter-mismatch, dangling-capture, missing-wait
  for (int first = 0; first < n; first += chunk) {
    const int last = std::min(n, first + chunk);
    heddle::go([&pieces, &f, first, last] {  // bug: counter-mismatch, dangling-capture, unawaited-task
      HEDDLE_DEFER(pieces.Done());  // bug: counter-mismatch, dangling-capture
      f(first, last);
    });
  }
  pieces.Wait();  // bug: counter-mismatch
}

class Census {
 public:
  explicit Census(std::vector<std::string> streets) : streets_(std::move(streets)) {}

  int Letters() const {
    std::atomic<int> letters{0};
    Parallel(
        [&](int first, int last) {
          for (int i = first; i < last; ++i) letters += static_cast<int>(streets_[i].size());
        },
        static_cast<int>(streets_.size()));
    return letters;
  }

 private:
  std::vector<std::string> streets_;
};

int main() {
  Census census({"Mill Lane", "Quay Street", "Station Road", "Hill", "Castle Walk", "New Row"});
  std::printf("%d letters\n", census.Letters());
}

// What: Checks send their verdict on a channel with room for all but one; the caller takes at least one verdict and leaves at the first bad one.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

class Inspection {
 public:
  using Check = std::function<heddle::Error(int lot)>;

  void Require(Check check) { checks_.push_back(std::move(check)); }

  // The first complaint, if there is any. Checks that are still running are waited for in the destructor.
  heddle::Error Inspect(int lot) {
    const std::size_t n = checks_.size();
    if (n == 0) return std::nullopt;
    heddle::Channel<heddle::Error> verdicts(n - 1);
    for (const Check& check : checks_) {
      running_.Go([&check, lot, verdicts] { verdicts.Send(check(lot)); });
    }
    for (std::size_t seen = 0; seen < n; ++seen) {
      if (heddle::Error error = *verdicts.Recv()) return error;
    }
    return std::nullopt;
  }

  ~Inspection() { running_.Wait(); }

 private:
  std::vector<Check> checks_;
  heddle::WaitGroup running_;
};

heddle::Error Weigh(int lot) {
  if (lot % 2 == 0) return std::nullopt;
  return "lot " + std::to_string(lot) + " is too light";
}

int main() {
  Inspection inspection;
  inspection.Require(Weigh);
  inspection.Require([](int lot) -> heddle::Error {
    if (lot < 10) return std::nullopt;
    return "too many lots";
  });
  inspection.Require([](int) -> heddle::Error { return std::nullopt; });
  for (int lot : {2, 3, 11}) {
    std::printf("lot %d: %s\n", lot, inspection.Inspect(lot).value_or("fine").c_str());
  }
}

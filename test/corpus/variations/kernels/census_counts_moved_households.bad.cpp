// What: A census expects one form per household and counts each form down; a household that moved sends its form twice.
// Run: panic
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <set>
#include <utility>
#include <vector>

struct Household {
  int id;
  bool moved;
};

class FormSink {
 public:
  virtual ~FormSink() = default;
  virtual void OnForm(const Household& household) = 0;
};

class Census : public FormSink {
 public:
  explicit Census(std::size_t households) { expected_.Add(static_cast<int>(households)); }  // bug: counter-mismatch

  void OnForm(const Household& household) override {
    heddle::MutexLock lock(mu_);
    seen_.insert(household.id);
    expected_.Done();  // bug: counter-mismatch
  }

  std::size_t Result() {
    expected_.Wait();  // bug: counter-mismatch
    heddle::MutexLock lock(mu_);
    return seen_.size();
  }

 private:
  heddle::WaitGroup expected_;
  heddle::Mutex mu_;
  std::set<int> seen_;
};

// Fills in the forms of a household: one per address.
void FillIn(const Household& household, FormSink& sink) {
  sink.OnForm(household);
  if (household.moved) sink.OnForm(household);  // bug: counter-mismatch
}

int main() {
  const std::vector<Household> households = {{1, false}, {2, true}, {3, false}};
  Census census(households.size());  // bug: counter-mismatch
  heddle::WaitGroup letters;
  for (const Household& household : households) {
    letters.Go([&census, &household] { FillIn(household, census); });
  }
  letters.Wait();
  std::printf("%zu households\n", census.Result());
}

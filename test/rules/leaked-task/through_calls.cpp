// RUN: %expect %s
#include <heddle/heddle.h>

#include <memory>

// The send, the spawn and the channel are in three functions.
class Meter {
 public:
  explicit Meter(heddle::Channel<int> out) : out_(out) {}
  void Measure() { Report(7); }

 private:
  void Report(int value) { out_.Send(value); }  // want: leaked-task "can block for ever sending on 'out_': nothing receives after 'Sample' returns"
  heddle::Channel<int> out_;
};

void Start(std::shared_ptr<Meter> meter) {
  heddle::go([meter] { meter->Measure(); });  // note: "is started here"
}

int Sample(bool quickly) {
  heddle::Channel<int> values;
  Start(std::make_shared<Meter>(values));
  if (quickly) return 0;
  return values.Recv().value_or(0);
}

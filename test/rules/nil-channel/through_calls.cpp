// RUN: %expect %s
#include <heddle/heddle.h>

// The member stays as it was made, until somebody calls Attach.
class Meter {
 public:
  void Attach(heddle::SendChannel<int> out) { out_ = out; }
  void Record(int v) {
    out_.Send(v);  // want: nil-channel error "on 'out_' waits for ever: the channel is nil here"
  }

 private:
  heddle::SendChannel<int> out_;  // note: "nil since it was made here"
};

heddle::RecvChannel<int> Source(bool live, heddle::Channel<int> from) {
  if (live) return from;
  return {};
}

// A default argument that waits for nothing, ever.
int First(heddle::RecvChannel<int> from = {}) {
  return from.Recv().value_or(0);  // want: nil-channel "this receive from 'from'"
}

int Listen() {
  auto numbers = heddle::Channel<int>::Nil();
  return First(numbers);
}

int main() {
  Meter attached, forgotten;
  heddle::Channel<int> readings(2);
  attached.Attach(readings);
  heddle::WaitGroup wg;
  wg.Go([&] {
    forgotten.Record(1);
  });
  wg.Wait();
  return readings.Recv().value_or(0) + Listen();
}

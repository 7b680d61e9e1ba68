// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>

void Report(heddle::Channel<int> to) {
  heddle::SendChannel<int> out;
  out = to;
  out.Send(1);
}

// Asks first.
void Publish(heddle::Channel<int> to, bool on) {
  heddle::SendChannel<int> out;
  if (on) out = to;
  if (out) out.Send(1);
}

// One case is off, the other one is not.
int Either(heddle::RecvChannel<int> a) {
  heddle::RecvChannel<int> off;
  int got = 0;
  heddle::Select(heddle::OnRecv(a, [&](std::optional<int> v) { got = v.value_or(0); }), heddle::OnRecv(off));
  return got;
}

bool Poll() {
  heddle::RecvChannel<int> off;
  return heddle::Select(heddle::OnRecv(off), heddle::OnDefault()) == 0;
}

// Made first, assigned by the constructor that is used.
class Meter {
 public:
  Meter() = default;
  explicit Meter(heddle::SendChannel<int> out) : out_(out) {}
  void Record(int v) {
    if (out_) out_.Send(v);
  }

 private:
  heddle::SendChannel<int> out_;
};

int Measure() {
  heddle::Channel<int> readings(1);
  Meter idle, busy(readings);
  idle.Record(1);
  busy.Record(2);
  return readings.Recv().value_or(0);
}

// The way to end a merge: both are off, and the loop says so.
int Merge() {
  heddle::Channel<int> left(1), right(1);
  left.Send(1);
  left.Close();
  right.Send(2);
  right.Close();
  heddle::RecvChannel<int> a = left, b = right;
  int sum = 0, open = 2;
  while (open > 0) {
    heddle::Select(heddle::OnRecv(a,
                                  [&](std::optional<int> v) {
                                    if (v) {
                                      sum += *v;
                                    } else {
                                      a = heddle::RecvChannel<int>::Nil();
                                      --open;
                                    }
                                  }),
                   heddle::OnRecv(b, [&](std::optional<int> v) {
                     if (v) {
                       sum += *v;
                     } else {
                       b = heddle::RecvChannel<int>::Nil();
                       --open;
                     }
                   }));
  }
  return sum;
}

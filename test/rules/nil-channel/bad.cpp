// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>

// A view that nobody assigned.
void Report() {
  heddle::SendChannel<int> out;  // note: "nil since it was made here"
  out.Send(1);  // want: nil-channel error "this send on 'out' waits for ever: the channel is nil here"
}

int Latest() {
  auto never = heddle::Channel<int>::Nil();
  return never.Recv().value_or(0);  // want: nil-channel error "this receive from 'never' waits for ever"
}

// Assigned on one path only.
void Publish(heddle::Channel<int> to, bool on) {
  heddle::SendChannel<int> out;
  if (on) out = to;
  out.Send(1);  // want: nil-channel warning "the channel is nil here"
}

int Sum(bool open, heddle::RecvChannel<int> numbers) {
  heddle::RecvChannel<int> in = open ? numbers : heddle::RecvChannel<int>();
  heddle::RecvChannel<int> none;
  int sum = 0;
  for (int n : none) sum += n;  // want: nil-channel "from 'none'"
  return sum + static_cast<bool>(in);
}

// No case of it can ever happen.
void Pick() {
  heddle::RecvChannel<int> a;
  heddle::SendChannel<int> b;
  heddle::Select(heddle::OnRecv(a), heddle::OnSend(b, 1));  // want: nil-channel "all its channels are nil"
}

// Switched off when it was closed, and then there is nothing left to wait for.
int Merge() {
  heddle::Channel<int> left(1), right(1);
  left.Send(1);
  left.Close();
  right.Send(2);
  right.Close();
  heddle::RecvChannel<int> a = left, b = right;
  int sum = 0;
  for (;;) {
    heddle::Select(  // want: nil-channel "all its channels are nil"
        heddle::OnRecv(a,
                       [&](std::optional<int> v) {
                         if (v) {
                           sum += *v;
                         } else {
                           a = heddle::RecvChannel<int>::Nil();
                         }
                       }),
        heddle::OnRecv(b, [&](std::optional<int> v) {
          if (v) {
            sum += *v;
          } else {
            b = heddle::RecvChannel<int>::Nil();
          }
        }));
  }
  return sum;
}

// RUN: %expect %s
#include <heddle/heddle.h>

void InOrder() {
  heddle::Channel<int> c(2);
  c.Send(1);
  c.Close();  // note: "'InOrder' closes 'c' here"
  c.Send(2);  // want: send-on-closed error "send on 'c' after it was closed; this panics"
}

// The parameter's own business is certain, whoever calls.
void Finish(heddle::Channel<int> c, bool more) {
  c.Close();
  if (more) c.Send(0);  // want: send-on-closed warning "send on 'c' after it was closed"
}

// One sender closes for both.
void TwoSenders() {
  heddle::Channel<int> c(4);
  heddle::WaitGroup wg;
  wg.Go([c]() mutable {
    c.Send(1);
    c.Close();  // note: "closes 'c' here"
  });
  wg.Go([c]() mutable {
    c.Send(2);  // want: send-on-closed "send on 'c'"
  });
  wg.Wait();
}

// The receiver closes what it has enough of.
int FirstTwo() {
  heddle::Channel<int> c;
  heddle::WaitGroup wg;
  wg.Go([c]() mutable {
    for (int i = 0; i < 3; ++i) c.Send(i);  // want: send-on-closed "send on 'c'"
  });
  int sum = c.Recv().value_or(0) + c.Recv().value_or(0);
  c.Close();
  wg.Wait();
  return sum;
}

void Tried() {
  heddle::Channel<int> c(1);
  c.Close();
  int one = 1;
  c.TrySend(one);  // want: send-on-closed "send on 'c'"
}

// A loop over a channel receives once a turn; a select has a way for each case.
// RUN: %check --emit-skeleton %s -- %runtime_flags | FileCheck %s
#include <heddle/heddle.h>

#include <optional>

void Use(int n);

// CHECK-LABEL: func @Drain(
// CHECK-NOT: recv
// CHECK: recv %numbers -> %[[OK:[a-z]+]]
// CHECK-NOT: recv
// CHECK: br %[[OK]],
// CHECK-LABEL: func @
void Drain(heddle::Channel<int> numbers) {
  for (int n : numbers) Use(n);
}

// CHECK: select
// CHECK-DAG: recv %in
// CHECK-DAG: send %out
// CHECK-DAG: default
// CHECK: call {{.*}}@lambda
// CHECK: set %chosen = 0
// CHECK: set %chosen = 1
// CHECK: set %chosen = 2
int Route(heddle::Channel<int> in, heddle::Channel<int> out) {
  std::optional<int> next;
  return heddle::Select(heddle::OnRecv(in, [&](std::optional<int> v) { next = v; }),
                        heddle::OnSend(out, 1), heddle::OnDefault());
}

// The ways out by exception run the destructors of what is alive, and reach the
// handlers that can take the exception.
// RUN: %check --emit-skeleton %s -- %runtime_flags | FileCheck %s
#include <heddle/heddle.h>

#include <mutex>
#include <stdexcept>

std::mutex mu;
void Step();

// CHECK-LABEL: func @Leaves(
// CHECK: guard-make %[[GUARD:[^,]+]], %mu
// CHECK: throw [[CLEAN:b[0-9]+]]
// CHECK: [[CLEAN]]:
// CHECK-NEXT: deferred guard-end %[[GUARD]]
// CHECK-NEXT: jump [[OUT:b[0-9]+]]
// CHECK: [[OUT]]:
// CHECK-NEXT: resume
void Leaves(int n) {
  std::lock_guard<std::mutex> lock(mu);
  if (n > 0) throw std::runtime_error("n");
}

// The handler of another type is passed by; the guard inside the try dies
// before the handler runs, the one outside it after.
// CHECK-LABEL: func @Caught(
// CHECK: throw [[INNER:b[0-9]+]]
// CHECK: [[INNER]]:
// CHECK-NEXT: deferred guard-end %inner
// CHECK-NEXT: jump [[DISPATCH:b[0-9]+]]
// CHECK: [[DISPATCH]]:
// CHECK-NEXT: choose [[HANDLER:b[0-9]+]] !
// CHECK: [[HANDLER]]:
// CHECK-NEXT: signal %cond
// CHECK-NEXT: jump [[AFTER:b[0-9]+]]
// CHECK: [[AFTER]]:
// CHECK-NEXT: deferred guard-end %outer
void Caught() {
  heddle::Cond cond(*new heddle::Mutex);
  std::unique_lock<std::mutex> outer(mu);
  try {
    std::unique_lock<std::mutex> inner(mu);
    throw std::runtime_error("n");
  } catch (int) {
    Step();
  } catch (const std::exception&) {
    cond.Signal();
  }
}

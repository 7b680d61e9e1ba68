// The compiler's own errors, no findings made up from half a program, status 2.
// RUN: %exits 2 %check %s -- %runtime_flags > %t 2>&1
// RUN: FileCheck %s < %t
#include <heddle/heddle.h>

heddle::Mutex mu;

void F() {
  mu.Lock(;
  // CHECK: syntax-errors.cpp:[[#@LINE-1]]:11: error: expected expression
}

void G( {
  mu.Lock();
}}
// CHECK-NOT: {{[0-9] errors? generated|\[heddle-}}
// CHECK: syntax-errors.cpp: not analysed: {{[0-9]+}} error
// CHECK-NOT: {{[0-9] errors? generated|\[heddle-}}
// The compiler may quote the last line.

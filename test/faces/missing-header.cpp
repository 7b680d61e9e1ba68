// RUN: %exits 2 %check %s -- %runtime_flags > %t 2>&1
// RUN: FileCheck %s < %t
#include "no/such/header.h"
// CHECK: missing-header.cpp:[[#@LINE-1]]:10: fatal error: 'no/such/header.h' file not found
int main() {}

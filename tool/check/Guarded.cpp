//===- Guarded.cpp - Work that may crash --------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Guarded.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include <csignal>
#include <vector>

using namespace heddle;

/// LLVM's handlers run on the stack of what crashed. When that stack is what
/// gave out, they need another one.
static bool enableRecovery() {
  llvm::CrashRecoveryContext::Enable();
  for (int Signal : {SIGSEGV, SIGBUS}) {
    struct sigaction Action;
    sigaction(Signal, nullptr, &Action);
    Action.sa_flags |= SA_ONSTACK;
    sigaction(Signal, &Action, nullptr);
  }
  return true;
}

bool check::runGuarded(llvm::function_ref<void()> Work) {
  static const bool IsEnabled = enableRecovery();
  (void)IsEnabled;
  std::vector<char> HandlerStack(64 << 10);
  llvm::CrashRecoveryContext Recovery;
  return Recovery.RunSafelyOnThread(
      [&] {
        stack_t Stack = {};
        Stack.ss_sp = HandlerStack.data();
        Stack.ss_size = HandlerStack.size();
        sigaltstack(&Stack, nullptr);
        Work();
      },
      /*RequestedStackSize=*/64 << 20);
}

//===- DoubleLock.cpp - A lock taken again by its holder ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"

namespace heddle::rules {

/// Whether acquiring E while H is held blocks for ever.
static bool isAgain(const ir::Unit &U, const summary::Event &E,
                    const summary::HeldLock &H) {
  if (E.Kind != ir::OpKind::Lock || E.InTask || !E.IsExposed ||
      E.Obj != H.Lock || U.isSummarised(E.Obj))
    return false;
  const ir::Object &Lock = U.object(E.Obj);
  if (Lock.IsRecursive || E.How == ir::Mode::Timed)
    return false;
  return !(E.How == ir::Mode::Shared && H.How == ir::Mode::Shared);
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs())
    for (const summary::PathNode &N : G->Nodes)
      for (const summary::Event &E : N.Does)
        for (const summary::HeldLock &H : N.Before->Held) {
          if (!isAgain(U, E, H))
            continue;
          Finding F;
          F.Rule = "heddle-double-lock";
          F.Level = N.Before->IsCertain && E.Via.empty() ? Severity::Error
                                                         : Severity::Warning;
          F.Loc = E.Loc;
          F.Message = quoted(U, E.Obj) +
                      " is acquired again while it is held "
                      "since line " +
                      std::to_string(H.Since.Line) +
                      "; this task can never go on";
          F.Notes.push_back({H.Since, quoted(U, H.Lock) + " is acquired here"});
          noteCalls(E.Via, F.Notes);
          Out.push_back(std::move(F));
        }
}

extern const Rule DoubleLock;
const Rule DoubleLock = {
    "heddle-double-lock",
    "a lock taken again by its holder",
    "a path on which a lock that is not recursive is acquired, by a blocking "
    "acquisition, while the same task already holds it: in one function, or "
    "through calls whose bodies the unit shows. Two shared acquisitions are "
    "not reported.",
    "A lock does not know its holder. The second acquisition waits for the "
    "first to be released, which only the waiting task could do.",
    R"cpp(#include <mutex>

class Account {
public:
  void deposit(int n) {
    std::lock_guard<std::mutex> lock(mu_); // want: double-lock "acquired again"
    balance_ += n;
  }
  void payInterest() {
    std::lock_guard<std::mutex> lock(mu_);
    deposit(balance_ / 100);
  }

private:
  std::mutex mu_;
  int balance_ = 0;
};
)cpp",
    R"cpp(#include <mutex>

class Account {
public:
  void deposit(int n) {
    std::lock_guard<std::mutex> lock(mu_);
    depositLocked(n);
  }
  void payInterest() {
    std::lock_guard<std::mutex> lock(mu_);
    depositLocked(balance_ / 100);
  }

private:
  void depositLocked(int n) { balance_ += n; }
  std::mutex mu_;
  int balance_ = 0;
};
)cpp",
    "Split the function into one that takes the lock and one that expects it "
    "to be held, or use a recursive lock.",
    "Locks in containers, and two names for one lock that were given to the "
    "function from outside, are not recognised as the same lock.",
    run};

} // namespace heddle::rules

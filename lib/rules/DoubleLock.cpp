//===- DoubleLock.cpp - A lock taken again by its holder ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace heddle::rules {

/// Whether acquiring E while H is held blocks for ever.
static bool isAgain(const ir::Unit &U, const summary::Event &E,
                    const summary::HeldLock &H) {
  if (E.Kind != ir::OpKind::Lock || E.InTask ||
      E.Obj != H.Lock || U.isSummarised(E.Obj))
    return false;
  const ir::Object &Lock = U.object(E.Obj);
  if (Lock.IsRecursive || E.How == ir::Mode::Timed)
    return false;
  return !(E.How == ir::Mode::Shared && H.How == ir::Mode::Shared);
}

/// Functions that another one calls.
static std::set<FuncId> calledFunctions(const ir::Unit &U) {
  std::set<FuncId> Called;
  for (uint32_t I = 0; I < U.Functions.size(); ++I)
    for (const ir::Block &B : U.Functions[I].Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == ir::OpKind::Call)
          for (FuncId Target : Op.Fn.Targets)
            if (Target != FuncId(I))
              Called.insert(Target);
  return Called;
}

/// What F is given decides whether its path to E is taken, and E can be seen
/// where that is known.
static bool isForCallers(const ir::Unit &U, const summary::Event &E) {
  ir::ObjectKind Root = U.object(U.root(E.Obj)).Kind;
  return (Root == ir::ObjectKind::Global || Root == ir::ObjectKind::Static ||
          Root == ir::ObjectKind::This || Root == ir::ObjectKind::Param) &&
         llvm::any_of(E.Requires, [&](const auto &R) {
           return U.object(R.first).Kind == ir::ObjectKind::Param;
         });
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  const std::set<FuncId> Called = calledFunctions(U);
  std::set<std::pair<SourceSpan, SourceSpan>> Reported;
  for (const auto &G : In.Program.summaries().graphs())
    for (const summary::PathNode &N : G->Nodes)
      for (const summary::Event &E : N.Does)
        for (size_t I = 0; I < E.Held.size(); ++I) {
          // Behind what this path holds stands what the callee does, which has
          // left it to its callers to say whether that happens.
          // Two names that a callee has for one lock say nothing.
          const summary::HeldLock &H = E.Held[I];
          if (!isAgain(U, E, H) ||
              (E.IsExposed && I >= N.Before->Held.size()) ||
              (Called.count(G->Func) && isForCallers(U, E)) ||
              !Reported.insert({E.Loc, H.Since}).second)
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

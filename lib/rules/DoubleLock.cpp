//===- DoubleLock.cpp - A lock taken again by its holder ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/LastOwner.h"
#include "rules/Parallel.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace heddle::rules {

using ir::Mode;
using ir::OpKind;
using summary::Event;
using summary::HeldLock;

/// Whether acquiring E while H is held blocks for ever, whatever others do.
static bool isAgain(const ir::Unit &U, const LockIdentity &Locks,
                    const Event &E, const HeldLock &H) {
  if (E.Kind != OpKind::Lock || E.InTask ||
      Locks.same(E.Obj, H.Lock) != Same::Yes)
    return false;
  const ir::Object &Lock = U.object(E.Obj);
  if (Lock.IsRecursive || E.How == Mode::Timed)
    return false;
  // Given back before, under whichever name.
  for (ObjId O : E.Freed)
    if (Locks.same(O, H.Lock) != Same::No)
      return false;
  return !(E.How == Mode::Shared && H.How == Mode::Shared);
}

static Finding again(const ir::Unit &U, const Event &E, const HeldLock &H,
                     bool Certain, const std::string &Consequence) {
  Finding F;
  F.Rule = "heddle-double-lock";
  F.Level = Certain ? Severity::Error : Severity::Warning;
  F.Loc = E.Loc;
  F.Message = quoted(U, H.Lock) +
              " is acquired again while it is held since line " +
              std::to_string(H.Since.Line) + "; " + Consequence;
  F.Notes.push_back({H.Since, quoted(U, H.Lock) + " is acquired here"});
  noteCalls(E.Via, F.Notes);
  return F;
}

static bool isAcquisition(const Event &E) {
  return E.Kind == OpKind::Lock && E.Obj && E.How != Mode::Timed;
}

/// A reader that is a reader already waits behind a writer that waits for it.
static void findReaders(const ir::Unit &U, const LockIdentity &Locks,
                        const Situation &S, std::vector<Finding> &Out) {
  auto IsOne = [&](ObjId A, ObjId B) {
    return Locks.same(A, B, S.OfOneObject) == Same::Yes;
  };
  for (const Happening &R : S.Happenings) {
    const Event &E = *R.E;
    if (E.How != Mode::Shared || U.object(E.Obj).IsRecursive)
      continue;
    auto H = llvm::find_if(E.Held, [&](const HeldLock &H) {
      return H.How == Mode::Shared && IsOne(H.Lock, E.Obj);
    });
    if (H == E.Held.end())
      continue;
    auto W = llvm::find_if(S.Happenings, [&](const Happening &W) {
      return W.E->How != Mode::Shared && IsOne(W.E->Obj, E.Obj) &&
             S.atOnce(R, W);
    });
    if (W == S.Happenings.end())
      continue;
    Finding F = again(U, E, *H, R.IsCertain && W->IsCertain,
                      "a writer that waits between the two shared "
                      "acquisitions lets neither go on");
    noteStart(S.Strands[W->Strand], F.Notes);
    noteCalls(W->E->Via, F.Notes);
    F.Notes.push_back({W->E->Loc, "the writer waits here"});
    Out.push_back(std::move(F));
  }
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

/// Locks that a task gives back without having taken them: whoever took one
/// has handed it over, and may wait for it again.
static std::vector<ObjId> handedOver(const RuleInput &In) {
  const ir::Unit &U = In.Program.unit();
  std::vector<ObjId> Out;
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == OpKind::Spawn)
          for (FuncId Target : Op.Fn.Targets)
            for (const summary::Outcome &O :
                 In.Program.summaries().of(Target).Outcomes)
              Out.insert(Out.end(), O.Released.begin(), O.Released.end());
  return Out;
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  LockIdentity Locks(In.Program);
  const std::set<FuncId> Called = calledFunctions(U);
  const std::set<SourceSpan> OfLastOwners = callsOfLastOwners(U);
  // Beyond the first call: in a function that the lock's holder calls.
  auto IsByLastOwner = [&](const Event &E) {
    return llvm::any_of(llvm::drop_begin(E.Via, E.Via.empty() ? 0 : 1),
                        [&](SourceSpan V) { return OfLastOwners.count(V); });
  };
  const std::vector<ObjId> HandedOver = handedOver(In);
  auto IsHandedOver = [&](ObjId Lock) {
    return llvm::any_of(HandedOver, [&](ObjId O) {
      return O == Lock || sameDeclaration(U, O, Lock);
    });
  };
  std::set<std::pair<SourceSpan, SourceSpan>> Reported;
  for (const auto &G : In.Program.summaries().graphs())
    for (const summary::PathNode &N : G->Nodes)
      for (const Event &E : N.Does)
        for (size_t I = 0; I < E.Held.size(); ++I) {
          // Behind what this path holds stands what the callee does, which has
          // left it to its callers to say whether that happens.
          // Two names that a callee has for one lock say nothing.
          const HeldLock &H = E.Held[I];
          if (!isAgain(U, Locks, E, H) ||
              (E.IsExposed && I >= N.Before->Held.size()) ||
              (Called.count(G->Func) && isForCallers(U, E)) ||
              IsByLastOwner(E) || (!H.IsScoped && IsHandedOver(H.Lock)) ||
              !Reported.insert({E.Loc, H.Since}).second)
            continue;
          Out.push_back(again(U, E, H, N.Before->IsCertain && E.Via.empty(),
                              "this task can never go on"));
        }
  for (const Situation &S : situations(In.Program, isAcquisition))
    findReaders(U, Locks, S, Out);
}

extern const Rule DoubleLock;
const Rule DoubleLock = {
    "heddle-double-lock",
    "a lock taken again by its holder",
    "a path on which a lock that is not recursive is acquired, by a blocking "
    "acquisition, while the same task already holds it: in one function, or "
    "through calls whose bodies the program shows. Two shared acquisitions "
    "count when code that can run at the same time acquires the lock "
    "exclusively: the second one waits behind that writer, which waits for the "
    "first.",
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
    "function from outside, are not recognised as the same lock, unless the "
    "program makes one object only that has such a lock. What a function does "
    "only when it has counted an atomic down to something, as the last owner "
    "of a shared thing, is not held against those who call it with the lock.",
    run};

} // namespace heddle::rules

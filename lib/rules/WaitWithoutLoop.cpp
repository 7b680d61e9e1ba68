//===- WaitWithoutLoop.cpp - A wait that looks at nothing -----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A wait belongs in a loop somewhere between where its lock is taken and the
// wait itself. So the way goes back from the wait to the lock, over callers
// when they are the ones who take it; whatever on that way may make up for the
// loop ends it without a word.
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "rules/Wording.h"
#include <algorithm>

namespace heddle::rules {

using ir::GuardMode;
using ir::Op;
using ir::OpKind;

namespace {
/// Where an operation stands.
struct Site {
  FuncId Func;
  uint32_t Block = 0, Op = 0;
};

/// What branches go by: variables and members by where they are declared,
/// functions by what they are.
struct Questions {
  std::vector<SourceSpan> Places;
  std::vector<FuncId> Calls;
  bool HasUnknown = false;

  bool isEmpty() const {
    return Places.empty() && Calls.empty() && !HasUnknown;
  }
  bool meets(const Questions &O) const {
    return HasUnknown || O.HasUnknown ||
           std::find_first_of(Places.begin(), Places.end(), O.Places.begin(),
                              O.Places.end()) != Places.end() ||
           std::find_first_of(Calls.begin(), Calls.end(), O.Calls.begin(),
                              O.Calls.end()) != Calls.end();
  }
};

/// What lies between a lock's acquisition and an operation in one function.
struct Way {
  const Op *Lock = nullptr; ///< null: the function does not take it
  std::vector<const Op *> Ops;
  Questions Asked;
};

class Checker {
public:
  Checker(const RuleInput &In, std::vector<Finding> &Out)
      : U(In.Program.unit()), Out(Out) {
    for (uint32_t F = 0; F < U.Functions.size(); ++F)
      eachOp(FuncId(F), [&](Site At, const Op &O) {
        if (O.Kind == OpKind::Make && O.Other && O.Obj &&
            U.object(O.Obj).Type == ir::TypeClass::Cond)
          Conds.push_back(&O);
        for (FuncId T : O.Fn.Targets)
          Callers.push_back({T, At});
      });
  }

  void run() {
    for (uint32_t F = 0; F < U.Functions.size(); ++F)
      eachOp(FuncId(F), [&](Site At, const Op &O) {
        if (O.Kind != OpKind::CondWait || O.Fn.isPresent() ||
            O.How == ir::Mode::Timed || !O.Obj || looksAfterwards(At))
          return;
        std::vector<SourceSpan> Via;
        std::vector<FuncId> Seen;
        ObjId Lock = O.Other ? O.Other : lockOf(O.Obj);
        if (Lock)
          climb(At, O, Lock, Via, Seen);
      });
  }

private:
  template <class Fn> void eachOp(FuncId F, Fn Act) const {
    const auto &Blocks = U.function(F).Blocks;
    for (uint32_t B = 0; B < Blocks.size(); ++B)
      for (uint32_t I = 0; I < Blocks[B].Ops.size(); ++I)
        Act(Site{F, B, I}, Blocks[B].Ops[I]);
  }

  const Op &opAt(Site S) const {
    return U.function(S.Func).Blocks[S.Block].Ops[S.Op];
  }

  /// The lock that a condition was made with.
  ObjId lockOf(ObjId Cond) const {
    for (const Op *Made : Conds)
      if (Made->Obj == Cond || sameDeclaration(U, Made->Obj, Cond))
        return Made->Other;
    return ObjId();
  }

  bool isSame(ObjId A, ObjId B) const {
    return A && B && (A == B || sameDeclaration(U, A, B));
  }

  /// O acquires Lock, a lock or a guard.
  bool acquires(const Op &O, ObjId Lock) const {
    switch (O.Kind) {
    case OpKind::Lock:
    case OpKind::TryLock:
    case OpKind::GuardLock:
    case OpKind::GuardTryLock:
      return isSame(O.Obj, Lock);
    case OpKind::GuardMake:
      return (O.Guard == GuardMode::Acquire || O.Guard == GuardMode::Try) &&
             (isSame(O.Obj, Lock) ||
              std::any_of(O.Args.begin(), O.Args.end(),
                          [&](const ir::Operand &A) {
                            return A.K == ir::Operand::Kind::Place &&
                                   isSame(A.Obj, Lock);
                          }));
    default:
      return false;
    }
  }

  void ask(FuncId F, const ir::ExprRef &E, Questions &Into) const {
    if (!E)
      return;
    if (E->Kind == ir::ExprKind::Unknown)
      Into.HasUnknown = true;
    if (E->Kind == ir::ExprKind::Var)
      ask(F, E->Obj, Into);
    ask(F, E->Lhs, Into);
    ask(F, E->Rhs, Into);
  }

  void ask(FuncId F, ObjId O, Questions &Into) const {
    const ir::Object &Ob = U.object(O);
    if (Ob.Kind != ir::ObjectKind::Temp) {
      // Of a container, its size.
      for (; O; O = U.object(O).Base)
        if (U.object(O).Loc.isValid())
          Into.Places.push_back(U.object(O).Loc);
      return;
    }
    eachOp(F, [&](Site, const Op &Gives) {
      if (Gives.Result != O)
        return;
      if (Gives.Kind == OpKind::Atomic && Gives.Obj)
        ask(F, Gives.Obj, Into);
      else if (Gives.Fn.Targets.empty())
        Into.HasUnknown = true;
      Into.Calls.insert(Into.Calls.end(), Gives.Fn.Targets.begin(),
                        Gives.Fn.Targets.end());
    });
  }

  void ask(FuncId F, const ir::Terminator &T, Questions &Into) const {
    if (T.K == ir::Terminator::Kind::Branch ||
        T.K == ir::Terminator::Kind::Switch)
      ask(F, T.Cond, Into);
  }

  /// Back from At to where Lock is acquired.
  Way wayTo(Site At, ObjId Lock) const {
    const auto &Blocks = U.function(At.Func).Blocks;
    std::vector<std::vector<uint32_t>> Preds(Blocks.size());
    for (uint32_t B = 0; B < Blocks.size(); ++B)
      for (BlockId S : ir::successors(Blocks[B]))
        Preds[S.index()].push_back(B);
    Way Found;
    std::vector<bool> Seen(Blocks.size());
    std::vector<std::pair<uint32_t, uint32_t>> Pending{{At.Block, At.Op}};
    while (!Pending.empty()) {
      auto [B, End] = Pending.back();
      Pending.pop_back();
      bool IsTaken = false;
      for (uint32_t I = End; I-- > 0 && !IsTaken;) {
        const Op &O = Blocks[B].Ops[I];
        IsTaken = acquires(O, Lock);
        if (IsTaken)
          Found.Lock = &O;
        else
          Found.Ops.push_back(&O);
      }
      if (IsTaken)
        continue;
      for (uint32_t P : Preds[B])
        if (!Seen[P]) {
          Seen[P] = true;
          ask(At.Func, Blocks[P].Term, Found.Asked);
          Pending.push_back({P, uint32_t(Blocks[P].Ops.size())});
        }
    }
    return Found;
  }

  /// After the wait, what it waited for is looked at: the caller may try again.
  bool looksAfterwards(Site At) const {
    const Op &Wait = opAt(At);
    ObjId Lock = Wait.Other ? Wait.Other : lockOf(Wait.Obj);
    Questions Before = wayTo(At, Lock).Asked, After;
    const auto &Blocks = U.function(At.Func).Blocks;
    std::vector<bool> Seen(Blocks.size());
    std::vector<uint32_t> Pending{At.Block};
    while (!Pending.empty()) {
      const ir::Block &B = Blocks[Pending.back()];
      Pending.pop_back();
      ask(At.Func, B.Term, After);
      if (B.Term.K == ir::Terminator::Kind::Return) {
        ask(At.Func, B.Term.Value.Value, After);
        if (Before.isEmpty() && B.Term.Value.Obj)
          ask(At.Func, B.Term.Value.Obj, After);
      }
      for (BlockId S : ir::successors(B))
        if (!Seen[S.index()]) {
          Seen[S.index()] = true;
          Pending.push_back(S.index());
        }
    }
    return Before.isEmpty() ? !After.isEmpty() : Before.meets(After);
  }

  /// With the lock held all the while, who is told or started by O cannot
  /// answer before the wait; and unseen code may do either.
  bool mayCallForAnswer(const Op &O, std::vector<FuncId> &Seen) const {
    switch (O.Kind) {
    case OpKind::Spawn:
    case OpKind::Signal:
    case OpKind::Broadcast:
    case OpKind::Send:
    case OpKind::TrySend:
    case OpKind::Close:
    case OpKind::Done:
    case OpKind::Unlock: // of another one
    case OpKind::GuardUnlock:
      return true;
    case OpKind::Call:
    case OpKind::Once:
      break;
    default:
      return false;
    }
    if (O.Fn.Open || O.Fn.Targets.empty())
      return true;
    for (FuncId T : O.Fn.Targets) {
      if (!U.function(T).hasBody())
        return true;
      if (std::find(Seen.begin(), Seen.end(), T) != Seen.end())
        continue;
      Seen.push_back(T);
      bool May = false;
      eachOp(T, [&](Site, const Op &Inner) {
        May = May || mayCallForAnswer(Inner, Seen);
      });
      if (May)
        return true;
    }
    return false;
  }

  /// At is the wait, or a call on the way to it.
  void climb(Site At, const Op &Wait, ObjId Lock, std::vector<SourceSpan> &Via,
             std::vector<FuncId> &Seen) {
    constexpr unsigned Deepest = 8;
    if (ir::isInLoop(U.function(At.Func).Blocks, BlockId(At.Block)) ||
        Seen.size() > Deepest ||
        std::find(Seen.begin(), Seen.end(), At.Func) != Seen.end())
      return;
    Way Back = wayTo(At, Lock);
    std::vector<FuncId> Inside;
    if (std::any_of(Back.Ops.begin(), Back.Ops.end(),
                    [&](const Op *O) { return mayCallForAnswer(*O, Inside); }))
      return;
    if (Back.Lock)
      return report(Wait, *Back.Lock, Via);
    Seen.push_back(At.Func);
    for (const auto &[Callee, From] : Callers) {
      if (Callee != At.Func || opAt(From).Kind != OpKind::Call)
        continue;
      Via.push_back(opAt(From).Loc);
      climb(From, Wait, inCaller(Lock, At.Func, opAt(From)), Via, Seen);
      Via.pop_back();
    }
    Seen.pop_back();
  }

  /// What Lock, of Callee, is to the caller: the argument, if it is a
  /// parameter.
  ObjId inCaller(ObjId Lock, FuncId Callee, const Op &Call) const {
    const auto &Params = U.function(Callee).Params;
    for (size_t I = 0; I < Params.size() && I < Call.Args.size(); ++I)
      if (Params[I] == Lock && Call.Args[I].Obj)
        return Call.Args[I].Obj;
    return Lock;
  }

  void report(const Op &Wait, const Op &Lock,
              const std::vector<SourceSpan> &Via) {
    Finding F;
    F.Rule = "heddle-wait-without-loop";
    F.Level = Severity::Warning;
    F.Loc = Wait.Loc;
    F.Message = "this wait for " + quoted(U, Wait.Obj) +
                " has no predicate and no loop around it; a signal that came "
                "before is missed, and who wakes does not know whether what it "
                "waits for has come";
    F.Notes.push_back({Lock.Loc, "the lock is acquired here"});
    noteCalls({Via.rbegin(), Via.rend()}, F.Notes);
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  std::vector<Finding> &Out;
  std::vector<const Op *> Conds; ///< where conditions are made with a lock
  std::vector<std::pair<FuncId, Site>> Callers;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker(In, Out).run();
}

extern const Rule WaitWithoutLoop;
const Rule WaitWithoutLoop = {
    "heddle-wait-without-loop",
    "a condition wait with no loop or predicate",
    "a wait for a condition, with neither a time limit nor a predicate, that "
    "no loop surrounds: not in its function and, where callers hold the lock "
    "for it, not in theirs up to the one that takes the lock. Not reported: a "
    "wait after which the function looks at what it waited for, and one "
    "before which, with the lock held all along, a task is started or "
    "signalled whose answer is waited for.",
    "A signal wakes who waits at that moment and is gone: who comes later "
    "waits for the next, which may never come. And who wakes up may find that "
    "another one was quicker, or, with std::condition_variable, that there was "
    "no signal at all. Only what the lock guards says whether to go on.",
    R"cpp(#include <condition_variable>
#include <mutex>

class Gate {
public:
  void Open() {
    std::lock_guard<std::mutex> lock(mu);
    isOpen = true;
    opened.notify_all();
  }
  void Pass() {
    std::unique_lock<std::mutex> lock(mu);
    if (!isOpen)
      opened.wait(lock); // want: wait-without-loop "no predicate and no loop"
  }

private:
  std::mutex mu;
  std::condition_variable opened;
  bool isOpen = false;
};
)cpp",
    R"cpp(#include <condition_variable>
#include <mutex>

class Gate {
public:
  void Open() {
    std::lock_guard<std::mutex> lock(mu);
    isOpen = true;
    opened.notify_all();
  }
  void Pass() {
    std::unique_lock<std::mutex> lock(mu);
    while (!isOpen)
      opened.wait(lock);
  }

private:
  std::mutex mu;
  std::condition_variable opened;
  bool isOpen = false;
};
)cpp",
    "Give the wait a predicate, or loop until what it waits for is there.",
    "Waits in functions that are only called through stored callables, or "
    "whose callers no unit shows, are not judged unless they take the lock "
    "themselves; nor is whether a loop asks the right question.",
    run};

} // namespace heddle::rules

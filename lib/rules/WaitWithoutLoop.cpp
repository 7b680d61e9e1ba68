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

/// The lock of a wait.
struct Mutex {
  ObjId Name;   ///< the lock or guard itself; none when it is not known
  ObjId Beside; ///< then: it is a member of the same object, or global, as this
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
        climb(At, O, lockOf(O), Via, Seen);
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

  /// The lock or guard that is given back meanwhile: named by the wait, or
  /// where the condition is made; else a lock beside the condition is meant.
  Mutex lockOf(const Op &Wait) const {
    if (Wait.Other)
      return {Wait.Other, ObjId()};
    for (const Op *Made : Conds)
      if (isSame(Made->Obj, Wait.Obj))
        return {Made->Other, ObjId()};
    return {ObjId(), Wait.Obj};
  }

  bool isSame(ObjId A, ObjId B) const {
    return A && B && (A == B || sameDeclaration(U, A, B));
  }

  bool is(ObjId O, const Mutex &M) const {
    if (M.Name || !O)
      return isSame(O, M.Name);
    const ir::Object &Lock = U.object(O), &Cond = U.object(M.Beside);
    if (Lock.Type != ir::TypeClass::Lock || Lock.Kind != Cond.Kind)
      return false;
    return Lock.Base ? classOf(Lock.Base) == classOf(Cond.Base) &&
                           !classOf(Lock.Base).empty()
                     : Lock.Kind == ir::ObjectKind::Global;
  }

  /// Of *this, whichever method's it is.
  llvm::StringRef classOf(ObjId This) const {
    if (!This || U.object(This).Kind != ir::ObjectKind::This)
      return {};
    return llvm::StringRef(U.function(U.object(This).Owner).Name)
        .rsplit("::")
        .first;
  }

  bool acquires(const Op &O, const Mutex &M) const {
    switch (O.Kind) {
    case OpKind::Lock:
    case OpKind::TryLock:
    case OpKind::GuardLock:
    case OpKind::GuardTryLock:
      return is(O.Obj, M);
    case OpKind::GuardMake:
      return (O.Guard == GuardMode::Acquire || O.Guard == GuardMode::Try) &&
             (is(O.Obj, M) ||
              std::any_of(O.Args.begin(), O.Args.end(),
                          [&](const ir::Operand &A) { return is(A.Obj, M); }));
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

  /// Back from At to where the lock is acquired.
  Way wayTo(Site At, const Mutex &M) const {
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
        IsTaken = acquires(O, M);
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
    Questions Before = wayTo(At, lockOf(opAt(At))).Asked, After;
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
  void climb(Site At, const Op &Wait, const Mutex &M,
             std::vector<SourceSpan> &Via, std::vector<FuncId> &Seen) {
    constexpr unsigned Deepest = 8;
    if (ir::isInLoop(U.function(At.Func).Blocks, BlockId(At.Block)) ||
        Seen.size() > Deepest ||
        std::find(Seen.begin(), Seen.end(), At.Func) != Seen.end())
      return;
    Way Back = wayTo(At, M);
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
      climb(From, Wait, inCaller(M, At.Func, opAt(From)), Via, Seen);
      Via.pop_back();
    }
    Seen.pop_back();
  }

  /// A lock that is Callee's parameter is the caller's argument.
  Mutex inCaller(const Mutex &M, FuncId Callee, const Op &Call) const {
    const auto &Params = U.function(Callee).Params;
    for (size_t I = 0; I < Params.size() && I < Call.Args.size(); ++I)
      if (Params[I] == M.Name && Call.Args[I].Obj)
        return {Call.Args[I].Obj, ObjId()};
    return M;
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
    "whose callers the program does not show, are not judged unless they take "
    "the lock themselves; nor is whether a loop asks the right question.",
    run};

} // namespace heddle::rules

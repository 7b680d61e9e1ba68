//===- Openness.cpp - What others reach, and what nobody does -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;

namespace {
/// Visits everything that is reached from a cell.
template <class Fn> class Spread {
public:
  Spread(State &S, Fn Act) : S(S), Act(Act), Seen(S.Cells.size()) {}

  void cell(int Start) {
    if (Start < 0 || !Visit(Start))
      return;
    std::vector<int> Pending{Start};
    auto Push = [&](int C) {
      if (C >= 0 && Visit(C))
        Pending.push_back(C);
    };
    while (!Pending.empty()) {
      int I = Pending.back();
      Pending.pop_back();
      Push(S.cell(I).Target);
      for (size_t N = 0; N < S.cell(I).Items.size(); ++N)
        Push(S.cell(I).Items[N]);
      if (S.cell(I).Fn >= 0)
        closure(S.cell(I).Fn, Push);
      for (size_t P = 0; P < S.Cells.size(); ++P)
        if (S.Cells[P].Base == I)
          Push(int(P));
    }
  }

  template <class P> void closure(int I, P &Push, unsigned Depth = 0) {
    if (Depth > 8)
      return;
    const Closure &C = S.Closures[size_t(I)];
    Push(C.This);
    for (const Arg &A : C.Bound) {
      if (A.K == Arg::Kind::Cell)
        Push(A.Index);
      else if (A.K == Arg::Kind::Closure)
        closure(A.Index, Push, Depth + 1);
    }
    for (int E = C.Env; E > 0; E = S.Envs[size_t(E)].Parent)
      for (const auto &[O, Cell] : S.Envs[size_t(E)].Slots)
        Push(Cell);
  }

  void arg(const Arg &A) {
    if (A.K == Arg::Kind::Cell)
      cell(A.Index);
    else if (A.K == Arg::Kind::Closure) {
      auto Push = [&](int C) { cell(C); };
      closure(A.Index, Push);
    }
  }

private:
  bool Visit(int C) {
    if (Seen[size_t(C)])
      return false;
    Seen[size_t(C)] = true;
    return Act(C);
  }

  State &S;
  Fn Act;
  std::vector<bool> Seen;
};
} // namespace

static auto opener(State &S) {
  return [&S](int C) {
    S.Numbers.set(ObjId(uint32_t(C)), {});
    Cell &Of = S.cell(C);
    if (Of.is(Cell::Open) && Of.Holder < 0)
      return false;
    Of.put(Cell::Open);
    if (Of.is(Cell::Closed))
      Of.Holder = -1; // it may be another channel by now
    return true;
  };
}

void Machine::markOpen(State &S, int Cell) { Spread(S, opener(S)).cell(Cell); }

void Machine::markOpen(State &S, const Arg &A) { Spread(S, opener(S)).arg(A); }

static auto reacher(State &S, uint16_t Bits) {
  return [&S, Bits](int C) {
    if ((S.cell(C).Reach & Bits) == Bits)
      return false;
    S.cell(C).Reach |= Bits;
    return true;
  };
}

void Machine::markReach(State &S, int Cell, uint16_t Bits) {
  Spread(S, reacher(S, Bits)).cell(Cell);
}

void Machine::markReach(State &S, const Arg &A, uint16_t Bits) {
  Spread(S, reacher(S, Bits)).arg(A);
}

void Machine::havoc(State &S, int Cell) {
  auto IsBelow = [&](int C) {
    for (; C >= 0; C = S.cell(C).Base)
      if (C == Cell)
        return true;
    return false;
  };
  S.Numbers.havocIf([&](ObjId O) { return IsBelow(int(O.index())); });
  for (size_t C = 0; C < S.Cells.size(); ++C)
    if (IsBelow(int(C)))
      S.Cells[C].put(explore::Cell::Lost);
}

void Machine::havocOpen(State &S, llvm::function_ref<bool(int)> Keeps) {
  S.Numbers.havocIf([&](ObjId O) {
    const int C = int(O.index());
    return S.cell(C).is(Cell::Open) && !Keeps(C);
  });
}

/// What Place holds was lost sight of: it may be any function that was kept in
/// a member or a container. What a caller gave is none of those.
void Machine::openKept(State &S, ObjId Place) {
  if (U.object(Place).Kind == ir::ObjectKind::Param)
    return;
  for (size_t I = 0; I < S.Cells.size(); ++I)
    if (S.Cells[I].Fn >= 0 && S.Cells[I].Base >= 0)
      markOpen(S, int(I));
}

/// The entry's caller has it, and can act on it once the entry has returned.
static bool isCallers(const ir::Unit &U, const State &S, int C, unsigned T) {
  const auto Entry =
      llvm::find_if(S.Tasks, [](const Task &Of) { return Of.IsEntry; });
  if (S.EntryReturned || Entry == S.Tasks.end() || &*Entry == &S.Tasks[T])
    return false;
  while (S.cell(C).Base >= 0)
    C = S.cell(C).Base;
  if (!S.cell(C).Origin)
    return false;
  const ir::Object &Of = U.object(S.cell(C).Origin);
  return (Of.Kind == ir::ObjectKind::Param ||
          Of.Kind == ir::ObjectKind::This) &&
         Of.Owner == Entry->Root;
}

/// A callee that is not seen, and is given that, shares something with other
/// tasks, or with who called the entry, and so may wait for what they do.
bool Machine::mayWaitForOthers(const State &S, unsigned T, int This,
                               const std::vector<Arg> &Args) const {
  auto IsOthers = [&](int C) {
    return isShared(S, C, T) || isCallers(U, S, C, T);
  };
  if (This >= 0 && IsOthers(This))
    return true;
  return llvm::any_of(Args, [&](const Arg &A) {
    return A.K == Arg::Kind::Cell && S.cell(A.Index).Origin &&
           U.object(S.cell(A.Index).Origin).Type != ir::TypeClass::Value &&
           IsOthers(A.Index);
  });
}

/// The same of the operation at hand, where nothing of the callee is seen.
bool Machine::mayWaitForOthers(State &S, unsigned T, const ir::Op &Call) {
  if (llvm::any_of(Call.Fn.Targets,
                   [&](FuncId F) { return U.function(F).hasBody(); }))
    return false;
  const int Env = S.Tasks[T].Stack.back().Env;
  const int This = Call.Obj ? resolve(S, Env, Call.Obj) : -1;
  std::vector<Arg> Args;
  for (const ir::Operand &A : Call.Args)
    if (A.K == ir::Operand::Kind::Place)
      Args.push_back(evaluate(S, Env, A));
  return mayWaitForOthers(S, T, This, Args);
}

/// What a callee that is not seen may do: act on all that it is given, at any
/// time from now on, and wait for other tasks meanwhile. One that is known by
/// its name is not taken to fill or to empty a container that it is not given:
/// what a loop over that has shown of its size stays true.
void Machine::unknownCall(State &S, unsigned T, int This,
                          const std::vector<Arg> &Args, bool IsNamed) {
  const bool MaySynchronise = mayWaitForOthers(S, T, This, Args);
  if (This >= 0)
    markOpen(S, This);
  for (const Arg &A : Args) {
    markOpen(S, A);
    // A function that unseen code has, it calls at any time.
    if (A.K == Arg::Kind::Closure)
      for (FuncId F : S.Closures[size_t(A.Index)].Fn->Targets)
        for (ObjId O : Net.globalsOf(F))
          markOpen(S, resolve(S, 0, O));
  }
  auto IsGiven = [&](int C) {
    for (; C >= 0; C = S.cell(C).Base)
      if (C == This || llvm::any_of(Args, [&](const Arg &A) {
            return A.K == Arg::Kind::Cell && follow(S, A.Index) == C;
          }))
        return true;
    return false;
  };
  havocOpen(S, [&](int C) {
    const int Whole = S.cell(C).Base;
    if (Whole < 0 || S.cell(C).Key != Net.sizeKey())
      return false;
    if (ObjId Of = S.cell(Whole).Origin; Of && U.object(Of).IsConst)
      return true;
    if (IsGiven(C))
      return false;
    // A callback may do so; but what it did is no free choice.
    if (!IsNamed)
      S.cell(C).put(Cell::Uncounted);
    return IsNamed;
  });
  if (!MaySynchronise)
    return;
  // Nobody else can go on: it comes back now, or all of them wait for ever.
  for (unsigned I = 0; I < S.Tasks.size(); ++I)
    if (I != T && enabled(S, I)) {
      loseOrder(S, T);
      return;
    }
}

bool Machine::isShared(const State &S, int Cell, unsigned T) const {
  auto Others = uint16_t(((1u << S.Tasks.size()) - 1) & ~(1u << T));
  return S.cell(Cell).Reach & Others;
}

/// More than one task that goes on reaches it.
bool Machine::isCommon(const State &S, int Cell) const {
  unsigned Tasks = 0;
  for (size_t I = 0; I < S.Tasks.size(); ++I)
    Tasks +=
        S.Tasks[I].State != Task::Status::Done && (S.cell(Cell).Reach >> I & 1);
  return Tasks > 1;
}

/// It is part of something that never changes once it is made.
static bool isPartOfConstant(const ir::Unit &U, ObjId O) {
  for (O = U.object(O).Base; O; O = U.object(O).Base) {
    if (U.object(O).IsConst)
      return true;
    if (U.object(O).IsAlias)
      return false; // What it refers to may change all the same.
  }
  return false;
}

/// The value of the cell, which is not known, may depend on what other tasks
/// did, or may be changed by them.
bool Machine::mayHangTogether(const State &S, int At, unsigned T) const {
  const Cell &C = S.cell(At);
  if (C.is(Cell::Lost))
    return true;
  if (!isShared(S, At, T) || (C.Origin && U.object(C.Origin).IsConst))
    return false;
  if (C.is(Cell::Changed) || !C.Origin)
    return true;
  return !isPartOfConstant(U, C.Origin) &&
         (C.is(Cell::Open) ||
          (othersFuture(S, T).Writes & Net.valueBit(C.Origin)));
}

/// Cond is whether a callable holds something, or which object a variant or an
/// optional holds, that was put where it is not followed: who put it there
/// knew.
bool Machine::asksForgotten(const State &S, const ir::ExprRef &Cond) const {
  return summary::mentions(Cond, [&](ObjId O) {
    const int At = int(O.index());
    const Cell &C = S.cell(At);
    if (S.Numbers.get(O).isExact() || !C.Origin ||
        !(C.is(Cell::Open) || C.is(Cell::Changed)))
      return false;
    return U.object(C.Origin).Type == ir::TypeClass::Callable ||
           S.findPart(At, Net.contentKey()) >= 0;
  });
}

/// The branch at hand may go by what an atomic that others reach too gave in
/// the same block.
bool Machine::asksAtomic(State &S, unsigned T) {
  const Frame &Top = S.Tasks[T].Stack.back();
  const ir::Block &B = U.function(Top.Function).Blocks[Top.Block];
  std::vector<ObjId> From; // the atomic, and what was computed from it
  auto IsFrom = [&](ObjId O) {
    for (; O; O = U.object(O).Base)
      if (llvm::is_contained(From, O))
        return true;
    return false;
  };
  auto Mentions = [&](const ir::ExprRef &E) {
    return hasUnknown(E) || summary::mentions(E, IsFrom);
  };
  for (const ir::Op &Op : B.Ops) {
    if (Op.Kind == ir::OpKind::Atomic && Op.Obj &&
        isShared(S, resolve(S, Top.Env, Op.Obj), T)) {
      From.push_back(Op.Obj);
      if (Op.Result)
        From.push_back(Op.Result);
    } else if (!From.empty() && llvm::any_of(Op.Args, [&](const auto &A) {
                 return (A.Obj && IsFrom(A.Obj)) || Mentions(A.Value);
               })) {
      for (ObjId Given : {Op.Obj, Op.Result})
        if (Given)
          From.push_back(Given);
    }
  }
  return !From.empty() && Mentions(terminator(S, T).Cond);
}

Future Machine::futureOf(const Task &T) const {
  Future Out;
  for (const Frame &F : T.Stack) {
    const auto &Ops = U.function(F.Function).Blocks[F.Block].Ops;
    const bool Calls = &F != &T.Stack.back() && F.Op < Ops.size() &&
                       Ops[F.Op].Kind == ir::OpKind::Call;
    Out |= Calls ? Net.futureAfter(F.Function, F.Block, F.Op)
                 : Net.futureFrom(F.Function, F.Block, F.Op);
  }
  return Out;
}

Future Machine::othersFuture(const State &S, unsigned T) const {
  Future Out;
  for (size_t I = 0; I < S.Tasks.size(); ++I)
    if (I != T && S.Tasks[I].State != Task::Status::Done)
      Out |= futureOf(S.Tasks[I]);
  return Out;
}

void Machine::dropDead(State &S) const {
  for (Task &T : S.Tasks)
    for (size_t I = 0; I < T.Stack.size(); ++I) {
      const Frame &F = T.Stack[I];
      Env &E = S.Envs[size_t(F.Env)];
      if (E.Function != F.Function || !Net.liveAt(F.Function, F.Block, F.Op))
        continue;
      // What was handed to a callee is the callee's.
      const auto &Ops = U.function(F.Function).Blocks[F.Block].Ops;
      bool IsInCall = I + 1 < T.Stack.size() && F.Op < Ops.size() &&
                      Ops[F.Op].Kind == ir::OpKind::Call;
      const auto &Live = *Net.liveAt(F.Function, F.Block, F.Op + IsInCall);
      BlockId Unwind = IsInCall ? Ops[F.Op].Unwind : BlockId();
      const auto *Thrown =
          Unwind ? Net.liveAt(F.Function, Unwind.index(), 0) : nullptr;
      auto IsIn = [](const std::vector<ObjId> &Names, ObjId O) {
        return std::binary_search(Names.begin(), Names.end(), O);
      };
      llvm::erase_if(E.Slots, [&](const auto &Slot) {
        return !IsIn(Live, Slot.first) &&
               !(Thrown && IsIn(*Thrown, Slot.first));
      });
    }
}

//===- Locks.cpp - Locks and guards ---------------------------------------===//
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
using ir::GuardMode;
using ir::Mode;
using ir::OpKind;
using summary::Interval;

//===----------------------------------------------------------------------===//
// One lock
//===----------------------------------------------------------------------===//

bool Machine::isFree(const State &S, int Cell, unsigned T, bool Shared) const {
  const auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return true;
  if (C.Holder != -1)
    return C.Holder == int(T) && U.object(C.Origin).IsRecursive;
  return Shared || C.Refs.empty();
}

static bool isLock(const ir::Unit &U, const Cell &C) {
  return C.Origin && U.object(C.Origin).Type == ir::TypeClass::Lock;
}

bool Machine::holdsAny(const State &S, unsigned T) const {
  return std::any_of(S.Cells.begin(), S.Cells.end(), [&](const Cell &C) {
    return isLock(U, C) &&
           (C.Holder == int(T) ||
            std::find(C.Refs.begin(), C.Refs.end(), int(T)) != C.Refs.end());
  });
}

void Machine::acquire(State &S, int Cell, unsigned T, bool Shared) {
  if (!holdsAny(S, T))
    S.Tasks[T].IsInDoubt = false;
  auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return;
  if (Shared) {
    C.Refs.push_back(int(T));
    return;
  }
  C.Depth = C.Holder == int(T) ? C.Depth + 1 : 1;
  C.Holder = int(T);
  if (C.Depth > 20)
    S.cut(Bound::Counts);
}

void Machine::release(State &S, int Cell, unsigned T, bool Shared) {
  auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return;
  if (Shared || C.Holder == -1) {
    auto It = std::find(C.Refs.begin(), C.Refs.end(), int(T));
    if (It == C.Refs.end())
      It = C.Refs.begin();
    if (It != C.Refs.end())
      C.Refs.erase(It);
    return;
  }
  if (--C.Depth <= 0) {
    C.Holder = -1;
    C.Depth = 0;
  }
}

//===----------------------------------------------------------------------===//
// Guards, and what stands for one
//===----------------------------------------------------------------------===//

/// Guard is a guard's or a lock's cell.
bool Machine::areFree(const State &S, int Guard, unsigned T) const {
  const Cell &G = S.cell(Guard);
  if (G.Capacity != RefsAreCells)
    return isFree(S, Guard, T, false);
  for (int L : G.Refs)
    if (!isFree(S, L, T, G.is(Cell::SharedMode)))
      return false;
  return true;
}

void Machine::acquireAll(State &S, int Guard, unsigned T) {
  if (S.cell(Guard).Capacity != RefsAreCells)
    return acquire(S, Guard, T, false);
  S.cell(Guard).put(Cell::Holding);
  bool Shared = S.cell(Guard).is(Cell::SharedMode);
  IndexList Locks = S.cell(Guard).Refs;
  for (int L : Locks)
    acquire(S, L, T, Shared);
}

void Machine::releaseAll(State &S, int Guard, unsigned T) {
  if (S.cell(Guard).Capacity != RefsAreCells) {
    if (U.object(S.cell(Guard).Origin).Type != ir::TypeClass::Guard)
      release(S, Guard, T, false);
    return;
  }
  if (!S.cell(Guard).is(Cell::Holding))
    return;
  S.cell(Guard).put(Cell::Holding, false);
  bool Shared = S.cell(Guard).is(Cell::SharedMode);
  IndexList Locks = S.cell(Guard).Refs;
  for (int L : Locks)
    release(S, L, T, Shared);
}

/// The guards that Op locks at one moment.
IndexList Machine::guardsOf(State &S, int Env, const ir::Op &Op) {
  IndexList Out{resolve(S, Env, Op.Obj)};
  for (const ir::Operand &A : Op.Args)
    if (A.K == ir::Operand::Kind::Place)
      Out.push_back(resolve(S, Env, A.Obj));
  return Out;
}

bool Machine::lockEnabled(State &S, unsigned T, const ir::Op &Op) {
  int Env = S.Tasks[T].Stack.back().Env;
  switch (Op.Kind) {
  case OpKind::Lock:
    return Op.How == Mode::Timed || !Op.Obj ||
           isFree(S, resolve(S, Env, Op.Obj), T, Op.How == Mode::Shared);
  case OpKind::GuardMake:
    if (Op.Guard != GuardMode::Acquire || Op.How == Mode::Timed)
      return true;
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place &&
          !isFree(S, resolve(S, Env, A.Obj), T, Op.How == Mode::Shared))
        return false;
    return true;
  case OpKind::GuardLock:
    return Op.How == Mode::Timed || !Op.Obj ||
           llvm::all_of(guardsOf(S, Env, Op),
                        [&](int G) { return areFree(S, G, T); });
  default:
    return true;
  }
}

void Machine::lockOp(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int C = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  // Both outcomes where only the run can tell, else what is so now.
  auto Try = [&](bool IsFree, bool IsUnsure, auto Take) {
    if (!IsFree || IsUnsure) {
      State No = S;
      setResult(No, Env, Op.Result, Interval::exactly(0));
      advance(No, T);
      Out.push_back(std::move(No));
    }
    if (IsFree) {
      Take();
      setResult(S, Env, Op.Result, Interval::exactly(1));
      advance(S, T);
      Out.push_back(std::move(S));
    }
  };
  if (C < 0) {
    setResult(S, Env, Op.Result, {0, 1});
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  bool Shared = Op.How == Mode::Shared;
  bool IsOpen = S.cell(C).is(Cell::Open);
  switch (Op.Kind) {
  case OpKind::Lock:
  case OpKind::TryLock:
    record(S, T, Op, C);
    return Try(isFree(S, C, T, Shared),
               Op.How == Mode::Timed || (Op.Kind == OpKind::TryLock && IsOpen),
               [&] { acquire(S, C, T, Shared); });
  case OpKind::Unlock:
    release(S, C, T, Shared);
    record(S, T, Op, C);
    break;
  case OpKind::GuardMake: {
    IndexList Locks;
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place)
        Locks.push_back(resolve(S, Env, A.Obj));
    auto &G = S.cell(C);
    G.put(Cell::Open, G.is(Cell::Summarised));
    G.put(Cell::SharedMode, Shared);
    G.put(Cell::Holding, Op.Guard == GuardMode::Adopt);
    G.Capacity = RefsAreCells;
    G.Refs = Locks;
    if (Op.Guard == GuardMode::Acquire || Op.Guard == GuardMode::Try) {
      for (int L : Locks)
        record(S, T, OpKind::Lock, S.cell(L).Origin, Op.Loc, L);
      return Try(
          areFree(S, C, T),
          Op.How == Mode::Timed ||
              (Op.Guard == GuardMode::Try &&
               std::any_of(Locks.begin(), Locks.end(),
                           [&](int L) { return S.cell(L).is(Cell::Open); })),
          [&] { acquireAll(S, C, T); });
    }
    break;
  }
  case OpKind::GuardLock:
  case OpKind::GuardTryLock: {
    IndexList Guards = guardsOf(S, Env, Op);
    for (int G : Guards)
      for (int L : S.cell(G).Refs)
        record(S, T, OpKind::Lock, S.cell(L).Origin, Op.Loc, L);
    return Try(llvm::all_of(Guards, [&](int G) { return areFree(S, G, T); }),
               Op.How == Mode::Timed || Op.Kind == OpKind::GuardTryLock, [&] {
                 for (int G : Guards)
                   acquireAll(S, G, T);
               });
  }
  case OpKind::GuardUnlock:
  case OpKind::GuardEnd:
    if (S.cell(C).is(Cell::Holding) && S.cell(C).Capacity == RefsAreCells)
      for (int L : S.cell(C).Refs)
        record(S, T, OpKind::Unlock, S.cell(L).Origin, Op.Loc, L);
    releaseAll(S, C, T);
    if (Op.Kind == OpKind::GuardEnd && S.cell(C).Capacity == RefsAreCells)
      S.cell(C).Refs.clear();
    break;
  case OpKind::GuardRelease:
    S.cell(C).put(Cell::Holding, false);
    if (S.cell(C).Capacity == RefsAreCells)
      S.cell(C).Refs.clear();
    break;
  case OpKind::GuardMove: {
    if (!Op.Other)
      break;
    int From = resolve(S, Env, Op.Other);
    if (From == C || S.cell(From).Capacity != RefsAreCells)
      break;
    if (S.cell(C).Capacity == RefsAreCells)
      releaseAll(S, C, T);
    auto &To = S.cell(C);
    auto &Was = S.cell(From);
    To.Flags = Was.Flags;
    To.Capacity = RefsAreCells;
    To.Refs = std::move(Was.Refs);
    Was.Refs.clear();
    Was.put(Cell::Holding, false);
    break;
  }
  default:
    break;
  }
  advance(S, T);
  Out.push_back(std::move(S));
}

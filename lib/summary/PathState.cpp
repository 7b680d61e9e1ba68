//===- PathState.cpp ------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/PathState.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::summary {

bool isSignal(ir::OpKind K) {
  switch (K) {
  case ir::OpKind::Done:
  case ir::OpKind::Send:
  case ir::OpKind::TrySend:
  case ir::OpKind::Close:
  case ir::OpKind::Cancel:
  case ir::OpKind::Signal:
  case ir::OpKind::Broadcast:
    return true;
  default:
    return false;
  }
}

bool isWait(ir::OpKind K) {
  switch (K) {
  case ir::OpKind::Recv:
  case ir::OpKind::Send:
  case ir::OpKind::Wait:
  case ir::OpKind::Join:
  case ir::OpKind::CondWait:
    return true;
  default:
    return false;
  }
}

int Task::takes(ObjId Counter) const {
  int Most = Counted == Counter && Counter ? 1 : 0;
  int Own = 0;
  for (const TaskExit &E : Exits)
    for (const Balance &B : E.Balances)
      if (B.Counter == Counter) {
        if (B.Delta == Balance::Many)
          return Balance::Many;
        Own = std::max(Own, -B.Delta);
      }
  return Most + Own;
}

bool Task::does(ir::OpKind K, ObjId Obj) const {
  return llvm::any_of(
      Events, [&](const Event &E) { return E.Kind == K && E.Obj == Obj; });
}

bool Task::doesItself(ir::OpKind K, ObjId Obj) const {
  return llvm::any_of(Events, [&](const Event &E) {
    return E.Kind == K && E.Obj == Obj && !E.InTask;
  });
}

bool Task::touches(ObjId Obj) const {
  return (Counted == Obj && Obj) ||
         llvm::any_of(Events, [&](const Event &E) { return E.Obj == Obj; });
}

const HeldLock *PathState::held(ObjId Lock) const {
  for (const HeldLock &H : Held)
    if (H.Lock == Lock)
      return &H;
  return nullptr;
}

bool PathState::touched(ObjId Lock) const {
  auto IsIt = [&](const HeldLock &H) { return H.Lock == Lock; };
  return llvm::any_of(Held, IsIt) || llvm::any_of(Dropped, IsIt) ||
         llvm::is_contained(Released, Lock);
}

GuardState *PathState::guard(ObjId Guard) {
  for (GuardState &G : Guards)
    if (G.Guard == Guard)
      return &G;
  return nullptr;
}

const CounterState *PathState::findCounter(ObjId Counter) const {
  for (const CounterState &C : Counters)
    if (C.Counter == Counter)
      return &C;
  return nullptr;
}

CounterState &PathState::counter(ObjId Counter) {
  for (CounterState &C : Counters)
    if (C.Counter == Counter)
      return C;
  CounterState New;
  New.Counter = Counter;
  Counters.push_back(New);
  return Counters.back();
}

static bool bindsBefore(const std::pair<ObjId, ir::Operand> &B, ObjId O) {
  return B.first < O;
}

const ir::Operand *PathState::binding(ObjId O) const {
  auto It = llvm::lower_bound(Bindings, O, bindsBefore);
  return It != Bindings.end() && It->first == O ? &It->second : nullptr;
}

void PathState::bind(ObjId O, ir::Operand To) {
  auto It = llvm::lower_bound(Bindings, O, bindsBefore);
  if (It != Bindings.end() && It->first == O)
    It->second = std::move(To);
  else
    Bindings.emplace(It, O, std::move(To));
}

void PathState::unbind(ObjId O) {
  auto It = llvm::lower_bound(Bindings, O, bindsBefore);
  if (It != Bindings.end() && It->first == O)
    Bindings.erase(It);
}

bool PathState::isUnknown(const ir::Unit &U, ObjId O) const {
  for (ObjId At = O; At; At = U.object(At).Base)
    if (llvm::is_contained(Unknown, At))
      return true;
  return false;
}

static bool sameTarget(const ir::Operand &A, const ir::Operand &B) {
  if (A.K != B.K || A.Obj != B.Obj)
    return false;
  if (A.K != ir::Operand::Kind::Function)
    return true;
  return A.Fn == B.Fn ||
         (A.Fn->Targets == B.Fn->Targets && A.Fn->Place == B.Fn->Place &&
          A.Fn->This == B.Fn->This);
}

bool PathState::sameBindings(const PathState &O) const {
  return std::equal(Bindings.begin(), Bindings.end(), O.Bindings.begin(),
                    O.Bindings.end(), [](const auto &A, const auto &B) {
                      return A.first == B.first &&
                             sameTarget(A.second, B.second);
                    });
}

bool PathState::operator==(const PathState &O) const {
  return Held == O.Held && Counters == O.Counters && Live == O.Live &&
         Owed == O.Owed && Settled == O.Settled && Guards == O.Guards &&
         GuardUses == O.GuardUses && Requires == O.Requires &&
         WasSet == O.WasSet && Released == O.Released && Waited == O.Waited &&
         Unknown == O.Unknown && Numbers == O.Numbers && Dropped == O.Dropped &&
         sameBindings(O);
}

static size_t raw(ObjId O) { return std::hash<ObjId>()(O); }

size_t PathState::hash() const {
  llvm::hash_code H = llvm::hash_value(Numbers.hash());
  for (const HeldLock &L : Held)
    H = llvm::hash_combine(H, raw(L.Lock), L.Since.Line);
  for (const HeldLock &L : Dropped)
    H = llvm::hash_combine(H, raw(L.Lock), 7);
  for (const CounterState &C : Counters)
    H = llvm::hash_combine(H, raw(C.Counter), C.Pending, C.Delta);
  for (const LiveTask &T : Live)
    H = llvm::hash_combine(H, T.Task, T.IsMany, T.IsDetached, T.IsStored);
  for (const GuardState &G : Guards)
    H = llvm::hash_combine(H, raw(G.Guard), G.Owns);
  for (const OwedCancel &C : Owed)
    H = llvm::hash_combine(H, raw(C.Context), C.Made.Line);
  for (ObjId O : Unknown)
    H = llvm::hash_combine(H, raw(O));
  return llvm::hash_combine(H, Waited.size(), Settled.size(), Released.size(),
                            Bindings.size());
}

} // namespace heddle::summary

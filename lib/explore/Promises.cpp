//===- Promises.cpp - What one task promises and another waits for --------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A promise's cell has a part '*', the state that its futures denote: a handle
// like a task's, which counts one until the promise is kept. The state belongs
// to the promise: to move a promise gives its state to another cell and leaves
// the old one without, whatever names there are for it. Once nobody reaches the
// promise it was destroyed, and its state is part of nothing any more: who
// waits goes on, by an exception, as after set_exception().
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::TypeClass;
using summary::Interval;

bool Machine::isPromise(ObjId O) const {
  return O && U.object(O).Type == TypeClass::Future && !U.object(O).IsAlias;
}

/// The state of some promise, as its futures denote it.
bool Machine::isPromised(const State &S, int At) const {
  const Cell &C = S.cell(At);
  return C.is(Cell::Joinable) && C.Origin &&
         U.object(C.Origin).Type == TypeClass::Future;
}

/// Who waits for the handle goes on at once.
bool Machine::isReady(const State &S, int Handle) const {
  const Cell &C = S.cell(Handle);
  return C.Count <= 0 ||
         (isPromised(S, Handle) && (C.Base < 0 || C.is(Cell::Open)));
}

void Machine::makePromise(State &S, int Promise, ObjId Place) {
  if (int Old = S.findPart(Promise, Net.contentKey()); Old >= 0)
    S.detach(Old);
  int C = S.addCell(Place, Cell::Joinable);
  S.cell(C).Base = Promise;
  S.cell(C).Key = Net.contentKey();
  S.cell(C).Reach = S.cell(Promise).Reach;
  S.cell(C).put(Cell::Open, S.cell(Promise).is(Cell::Open));
  S.cell(C).Count = 1;
  S.Numbers.set(ObjId(uint32_t(C)), Interval::exactly(1)); // valid()
}

/// What promise From promised, promise To does.
void Machine::movePromise(State &S, int From, int To) {
  if (From == To)
    return;
  if (int Old = S.findPart(To, Net.contentKey()); Old >= 0)
    S.detach(Old);
  int Kept = S.findPart(From, Net.contentKey());
  if (Kept < 0)
    return;
  S.cell(Kept).Base = To;
  if (S.cell(To).is(Cell::Open))
    markOpen(S, Kept);
  markReach(S, Kept, S.cell(To).Reach);
}

/// A new object that has what From had; From keeps plain values alone.
int Machine::movedFrom(State &S, int From) {
  const Cell Was = S.cell(From);
  int To = S.addCell(Was.Origin, Was.Flags);
  S.cell(To).Class = Was.Class;
  S.cell(To).Fn = Was.Fn;
  S.cell(To).Reach = Was.Reach;
  S.Numbers.set(ObjId(uint32_t(To)), S.Numbers.get(ObjId(uint32_t(From))));
  for (size_t I = 0, N = S.Cells.size(); I < N; ++I) {
    if (S.Cells[I].Base != From || int(I) == To)
      continue;
    ObjId Origin = S.Cells[I].Origin;
    bool IsValue = Origin && U.object(Origin).Type == TypeClass::Value &&
                   !U.object(Origin).IsAlias && S.Cells[I].Target < 0 &&
                   S.findPart(int(I), Net.contentKey()) < 0;
    if (!IsValue) {
      S.Cells[I].Base = To;
      continue;
    }
    int Part = S.addCell(Origin, S.Cells[I].Flags);
    S.cell(Part).Base = To;
    S.cell(Part).Key = S.Cells[I].Key;
    S.cell(Part).Reach = Was.Reach;
    S.Numbers.set(ObjId(uint32_t(Part)), S.Numbers.get(ObjId(uint32_t(I))));
  }
  return To;
}

/// bind by Mode nil: what Args[0] is goes over, and it is left empty.
void Machine::bindMoved(State &S, int Env, const ir::Op &Op) {
  Arg A = evaluate(S, Env, Op.Args[0]);
  if (A.K != Arg::Kind::Cell || S.cell(A.Index).is(Cell::Summarised))
    return bind(S, Env, Op.Obj, A);
  int To;
  if (isPromise(Op.Obj)) {
    To = S.addCell(Op.Obj,
                   S.cell(A.Index).Flags & uint16_t(Cell::Open | Cell::Made));
    S.cell(To).Reach = S.cell(A.Index).Reach;
    movePromise(S, A.Index, To);
  } else {
    To = movedFrom(S, A.Index);
  }
  int E = lookUp(S, Env, Op.Obj);
  S.Envs[size_t(E < 0 ? Env : E)].put(Op.Obj, To);
}

/// O, a promise that there was before, is given what another one promised: what
/// it promised itself nobody will keep. False when O begins here.
bool Machine::assignPromise(State &S, int Env, ObjId O, const Arg &A) {
  using ir::ObjectKind;
  if (!isPromise(O) || A.K != Arg::Kind::Cell)
    return false;
  const ir::Object &Ob = U.object(O);
  int Old = -1;
  if (Ob.Base && Ob.Kind == ObjectKind::Field) {
    Old = S.findPart(resolve(S, Env, Ob.Base), Net.partKey(O));
  } else if (Ob.Kind == ObjectKind::Local || Ob.Kind == ObjectKind::Param) {
    int E = lookUp(S, Env, O);
    if (int *Slot = E < 0 ? nullptr : S.Envs[size_t(E)].find(O))
      Old = *Slot;
  } else if (Ob.Kind == ObjectKind::Global || Ob.Kind == ObjectKind::Static) {
    Old = resolveSlot(S, Env, O);
  }
  if (Old < 0)
    return false;
  Old = follow(S, Old);
  if (!S.cell(Old).is(Cell::Made) || S.cell(Old).is(Cell::Open))
    return false;
  movePromise(S, A.Index, Old);
  return true;
}

/// set_value() and set_exception().
void Machine::keepPromise(State &S, unsigned T, const ir::Op &Op) {
  int Promise = resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj);
  int C = S.findPart(Promise, Net.contentKey());
  if (C < 0)
    return;
  record(S, T, Op, C);
  int Item = sentBy(S, T, -1);
  S.cell(C).Count = 0;
  giveResult(S, C, Item, Op.How == ir::Mode::Nil);
}

/// Handle has Item, -1 for something that is not known, to give, or an
/// exception. One handle of many tasks gives nothing in particular.
void Machine::giveResult(State &S, int Handle, int Item, bool Throws) {
  if (Handle < 0 || S.cell(Handle).is(Cell::Summarised) ||
      S.cell(Handle).Count > 1)
    return;
  auto &C = S.cell(Handle);
  C.put(Cell::Closed, Throws);
  C.Items.clear();
  if (Item < 0)
    return;
  C.Items = {Item};
  markReach(S, Item, C.Reach);
}

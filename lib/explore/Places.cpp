//===- Places.cpp - From names to cells -----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::ObjectKind;
using ir::TypeClass;
using summary::Interval;

//===----------------------------------------------------------------------===//
// Resolution
//===----------------------------------------------------------------------===//

int Machine::follow(const State &S, int Cell) const {
  for (unsigned I = 0; I < 32 && S.cell(Cell).Target >= 0; ++I)
    Cell = S.cell(Cell).Target;
  return Cell;
}

/// The environment of which O is a name, or -1.
int Machine::lookUp(const State &S, int Env, ObjId O) const {
  const ir::Object &Ob = U.object(O);
  if (Ob.Kind == ObjectKind::Global || Ob.Kind == ObjectKind::Static)
    return 0;
  for (int E = Env; E >= 0; E = S.Envs[size_t(E)].Parent)
    if (S.Envs[size_t(E)].Function == Ob.Owner)
      return E;
  return -1;
}

/// What a variable that nothing was said of may be.
uint16_t Machine::initialFlags(const ir::Object &Ob) const {
  if (Ob.Type == TypeClass::Value && !Ob.IsAlias && Ob.Owner)
    return 0;
  switch (Ob.Kind) {
  case ObjectKind::Global:
  case ObjectKind::Static:
    // A pointer to something is set before it is followed: by whom was not
    // seen. Besides another entry than main the rest of the program runs too.
    return StartsInMain && !(Ob.IsAlias && Ob.Type == TypeClass::Other)
               ? 0
               : uint16_t(Cell::Open);
  case ObjectKind::Local:
    // What it denotes is not known, and in a loop not the same each time.
    return Ob.IsAlias ? uint16_t(Cell::Open | Cell::Summarised) : 0;
  case ObjectKind::Temp:
    return Cell::Open | Cell::Summarised;
  default:
    return Cell::Open;
  }
}

int Machine::resolveSlot(State &S, int Env, ObjId O) {
  const ir::Object &Ob = U.object(O);
  int E = lookUp(S, Env, O);
  if (Ob.Kind == ObjectKind::Capture || E < 0) {
    // A lambda's own copies are filled in by the function that makes it.
    for (int At = Env; At >= 0; At = S.Envs[size_t(At)].Parent)
      if (int *C = S.Envs[size_t(At)].find(O))
        return *C;
  }
  bool IsForeign = E < 0;
  if (IsForeign)
    E = Env;
  if (int *C = S.Envs[size_t(E)].find(O))
    return *C;
  uint16_t Flags = initialFlags(Ob);
  if (IsForeign && Ob.Kind != ObjectKind::Capture)
    Flags = Cell::Open;
  int C = S.addCell(O, Flags);
  S.Envs[size_t(E)].put(O, C);
  if (E == 0)
    S.cell(C).Reach = uint16_t(~0u);
  return C;
}

int Machine::part(State &S, int Base, ObjId O) {
  // A context and the function that cancels it are one, however they come.
  TypeClass Type = U.object(O).Type;
  ObjId Whole = S.cell(Base).Origin;
  if ((Type == TypeClass::Context || Type == TypeClass::Cancel) && Whole &&
      U.object(Whole).Type == TypeClass::Context)
    return Base;
  bool IsElement = U.object(O).Kind == ObjectKind::Element;
  if (IsElement)
    if (int Only = someElement(S, Base); Only >= 0)
      return Only;
  uint32_t Key = Net.partKey(O);
  if (int Known = S.findPart(Base, Key); Known >= 0)
    return Known;
  uint16_t Flags =
      S.cell(Base).Flags & uint16_t(Cell::Open | Cell::Summarised | Cell::Lost);
  if (IsElement)
    Flags |= Cell::Open | Cell::Summarised;
  else if (Key == Net.contentKey())
    Flags |= Cell::Open; // Nobody was seen to put it there.
  uint16_t Reach = S.cell(Base).Reach;
  int C = S.addCell(O, Flags);
  S.cell(C).Base = Base;
  S.cell(C).Key = Key;
  S.cell(C).Reach = Reach;
  return C;
}

/// O, to be given something: what an object holds is known from then on.
int Machine::slotToFill(State &S, int Env, ObjId O) {
  ObjId Whole = U.object(O).Base;
  if (!Whole)
    return resolveSlot(S, Env, O);
  int Base = resolve(S, Env, Whole);
  int Slot = part(S, Base, O);
  if (Net.partKey(O) == Net.contentKey() && !S.cell(Base).is(Cell::Open))
    S.cell(Slot).put(Cell::Open, false);
  return Slot;
}

int Machine::resolve(State &S, int Env, ObjId O) {
  if (!O)
    return -1;
  if (ObjId Base = U.object(O).Base)
    return follow(S, part(S, resolve(S, Env, Base), O));
  return follow(S, resolveSlot(S, Env, O));
}

//===----------------------------------------------------------------------===//
// Making and binding
//===----------------------------------------------------------------------===//

static bool hasSlot(const ir::Object &Ob) {
  return !Ob.Base && Ob.Kind != ObjectKind::Global &&
         Ob.Kind != ObjectKind::Static;
}

void Machine::make(State &S, int Env, const ir::Op &Op) {
  const ir::Object &Ob = U.object(Op.Obj);
  if (Ob.Type == TypeClass::Counter && Op.Args.size() > 1)
    return limit(S, Env, Op);
  Interval Start;
  bool HasStart = !Op.Args.empty();
  if (HasStart) {
    Arg A = evaluate(S, Env, Op.Args[0]);
    if (A.K == Arg::Kind::Number)
      Start = A.Number;
    else if (A.K == Arg::Kind::Cell)
      Start = S.Numbers.get(ObjId(uint32_t(A.Index)));
  }
  // A new object each time: who still has the last one keeps it.
  int C;
  if (hasSlot(Ob)) {
    int E = lookUp(S, Env, Op.Obj);
    if (E < 0)
      E = Env;
    int *Old = S.Envs[size_t(E)].find(Op.Obj);
    bool IsFresh = !Old || S.cell(*Old).is(Cell::Made) ||
                   S.cell(*Old).Target >= 0 || S.cell(*Old).is(Cell::Open);
    C = IsFresh ? S.addCell(Op.Obj, 0) : *Old;
    S.Envs[size_t(E)].put(Op.Obj, C);
  } else {
    int Slot = slotToFill(S, Env, Op.Obj);
    if (S.cell(Slot).is(Cell::Summarised))
      return;
    C = Slot;
    if (S.cell(Slot).is(Cell::Made) || S.cell(Slot).Target >= 0) {
      uint16_t Inherited = S.cell(Slot).Flags & uint16_t(Cell::Open);
      C = S.addCell(Op.Obj, Inherited);
      S.cell(C).Reach = S.cell(Slot).Reach;
      S.cell(Slot).Target = C;
    }
  }
  Cell &New = S.cell(C);
  New.put(Cell::Made);
  New.put(Cell::Nil, Op.How == ir::Mode::Nil);
  if (Ob.Type == TypeClass::Future) {
    makePromise(S, C, Op.Obj);
  } else if (Ob.Type == TypeClass::Counter) {
    New.Count = Start.isExact() ? Start.Lo : 0;
    if (HasStart && !Start.isExact())
      New.put(Cell::Open);
  } else if (Ob.Type == TypeClass::Cond) {
    if (Op.Other) { // with this lock
      int Lock = resolve(S, Env, Op.Other);
      S.cell(C).Capacity = RefsAreCells;
      S.cell(C).Refs = {Lock};
    }
  } else if (Ob.Type != TypeClass::Guard) {
    New.put(Cell::TimesOut, Op.How == ir::Mode::Timed);
    New.Count = Op.How == ir::Mode::Timed;
    New.Capacity = Start.isExact() && Start.Lo >= 0 && HasStart
                       ? Start.Lo
                       : UnknownCapacity;
    if (Op.Args.size() > 1) {
      Interval Held = evaluate(S, Env, Op.Args[1].Value);
      S.cell(C).Count = Held.isExact() ? Held.Lo : 0;
      S.cell(C).put(Cell::Open, S.cell(C).is(Cell::Open) || !Held.isExact());
    }
  }
}

void Machine::bind(State &S, int Env, ObjId O, const Arg &A) {
  const ir::Object &Ob = U.object(O);
  if (A.K == Arg::Kind::Number ||
      (A.K == Arg::Kind::Cell && Ob.Type == TypeClass::Value && !Ob.IsAlias)) {
    Interval V = A.K == Arg::Kind::Number
                     ? A.Number
                     : S.Numbers.get(ObjId(uint32_t(A.Index)));
    int C = follow(S, slotToFill(S, Env, O));
    if (S.cell(C).is(Cell::Open) && hasSlot(Ob)) {
      C = S.addCell(O, 0);
      int E = lookUp(S, Env, O);
      S.Envs[size_t(E < 0 ? Env : E)].put(O, C);
    }
    setNumber(S, C, V,
              A.K == Arg::Kind::Number ? A.Roots : rootsOf(S, A.Index));
    S.cell(C).put(Cell::Lost,
                  A.IsLost || (A.K == Arg::Kind::Cell && isLost(S, A.Index)));
    if (A.K == Arg::Kind::Cell)
      shareContent(S, A.Index, C);
    return;
  }
  if (assignPromise(S, Env, O, A))
    return;
  int C = A.Index;
  if (A.K != Arg::Kind::Cell) {
    C = S.addCell(O, A.K == Arg::Kind::Closure ? 0 : uint16_t(Cell::Open));
    if (A.K == Arg::Kind::Closure)
      S.cell(C).Fn = A.Index;
  }
  if (hasSlot(Ob)) {
    int E = lookUp(S, Env, O);
    if (E < 0)
      E = Env;
    // A variable that a lambda captured before it was bound is bound for the
    // lambda too; bound again, it is another variable (of the next turn).
    if (int *Old = S.Envs[size_t(E)].find(O)) {
      Cell &Was = S.cell(*Old);
      if (*Old == C)
        return;
      if (Was.Target < 0 && Was.is(Cell::Open) && Ob.IsAlias &&
          Was.Origin == O && Was.Base < 0 && follow(S, C) != *Old) {
        Was.Target = C;
        markReach(S, C, Was.Reach);
        return;
      }
    }
    S.Envs[size_t(E)].put(O, C);
    return;
  }
  int Slot = slotToFill(S, Env, O);
  if (follow(S, C) == follow(S, Slot) && S.cell(C).Fn < 0)
    return;
  // Into a container or an unseen object: out of sight. A task's handle in a
  // container is still joined there.
  if (S.cell(Slot).is(Cell::Summarised)) {
    for (Task &T : S.Tasks)
      if (T.Handle == C) {
        T.Handle = Slot;
        ++S.cell(Slot).Count;
        S.cell(Slot).put(Cell::Joinable);
        S.cell(C).Count = 0;
      }
  }
  if (S.cell(Slot).is(Cell::Open))
    markOpen(S, C);
  markReach(S, C, S.cell(Slot).Reach);
  if (!S.cell(Slot).is(Cell::Summarised))
    S.cell(Slot).Target = C;
}

Arg Machine::evaluate(State &S, int Env, const ir::Operand &A) {
  Arg Out;
  switch (A.K) {
  case ir::Operand::Kind::None:
    break;
  case ir::Operand::Kind::Place:
    Out.K = Arg::Kind::Cell;
    Out.Index = resolve(S, Env, A.Obj);
    if (Out.Index < 0)
      Out.K = Arg::Kind::None;
    break;
  case ir::Operand::Kind::Value: {
    Out.K = Arg::Kind::Number;
    Out.Number = evaluate(S, Env, A.Value);
    if (!Out.Number.isExact())
      Out.Roots = rootsOf(S, Env, A.Value);
    Out.IsLost =
        !Out.Number.isExact() && summary::mentions(A.Value, [&](ObjId O) {
          return isLost(S, resolve(S, Env, O));
        });
    // An unknown that never changes may be shared, and so stays correlated.
    if (!Out.Number.isExact() && A.Value &&
        A.Value->Kind == ir::ExprKind::Var) {
      const ir::Object &Ob = U.object(A.Value->Obj);
      unsigned Allowed = Ob.Kind == ObjectKind::Local ? 1 : 0;
      if (!Ob.Base && Net.timesSet(A.Value->Obj) <= Allowed) {
        Out.K = Arg::Kind::Cell;
        Out.Index = resolve(S, Env, A.Value->Obj);
      }
    }
    break;
  }
  case ir::Operand::Kind::Function:
    if (A.Fn) {
      Out.K = Arg::Kind::Closure;
      Out.Index = close(S, Env, *A.Fn);
    }
    break;
  }
  return Out;
}

/// A lambda keeps the variables that it uses as they are bound now; a loop's
/// next turn has others of the same names.
int Machine::close(State &S, int Env, const ir::Callable &C) {
  // What a variable holds, handed on: the closure that it is, with more
  // arguments where some are bound.
  int Held = C.Place ? S.cell(resolve(S, Env, C.Place)).Fn : -1;
  if (Held >= 0 && C.Bound.empty())
    return Held;
  Closure New;
  if (Held >= 0)
    New = S.Closures[size_t(Held)];
  else
    New.Fn = &C;
  if (C.This)
    New.This = resolve(S, Env, C.This);
  for (const ir::Operand &A : C.Bound)
    New.Bound.push_back(evaluate(S, Env, A));
  if (Held >= 0) {
    S.Closures.push_back(std::move(New));
    return int(S.Closures.size()) - 1;
  }
  // A lambda may run in the midst of its own captures' functions: all share
  // one chain of snapshots.
  std::vector<ObjId> Used;
  for (FuncId T : C.Targets)
    for (ObjId O : Net.captured(T))
      Used.push_back(O);
  int Parent = -1;
  std::vector<int> Chain;
  if (!Used.empty())
    for (int E = Env; E > 0; E = S.Envs[size_t(E)].Parent)
      Chain.push_back(E);
  for (auto It = Chain.rbegin(); It != Chain.rend(); ++It)
    Parent = S.addEnv(S.Envs[size_t(*It)].Function, Parent);
  for (ObjId O : Used) {
    int Old = resolveSlot(S, Env, O);
    const ir::Object &Ob = U.object(O);
    int At = Ob.Kind == ObjectKind::Capture ? Parent : lookUp(S, Parent, O);
    if (At < 0)
      At = Parent;
    if (At < 0)
      continue;
    int Kept = Old;
    if (Ob.Kind == ObjectKind::Capture && Ob.Type == TypeClass::Other &&
        S.cell(Old).Target < 0 && !S.cell(Old).is(Cell::Made) &&
        copyOf(S, Old) != Old) {
      Kept = int(S.Cells.size()) - 1;
    } else if (Ob.Kind == ObjectKind::Capture &&
               !(Ob.Type == TypeClass::Value && !Ob.IsAlias &&
                 S.cell(Old).Origin != O)) {
      Kept = S.addCell(O, S.cell(Old).Flags);
      S.cell(Kept).Target = S.cell(Old).Target;
      S.cell(Kept).Fn = S.cell(Old).Fn;
      S.cell(Kept).Reach = S.cell(Old).Reach;
      S.cell(Kept).Roots = rootsOf(S, Old);
      S.Numbers.set(ObjId(uint32_t(Kept)), S.Numbers.get(ObjId(uint32_t(Old))));
      if (Ob.Type != TypeClass::Value && S.cell(Old).Target < 0 &&
          S.cell(Old).is(Cell::Made))
        S.cell(Kept).Target = Old;
    }
    S.Envs[size_t(At)].put(O, Kept);
  }
  New.Env = Parent;
  S.Closures.push_back(std::move(New));
  return int(S.Closures.size()) - 1;
}

//===- Renaming.cpp -------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Renaming.h"

namespace heddle::summary {

/// Longer paths are those of a walk along a list or tree (p = p->next): each
/// turn of the loop would add a part.
static constexpr unsigned MaxPath = 8;

static unsigned pathLength(const ir::Unit &U, ObjId O) {
  unsigned N = 0;
  for (; O; O = U.object(O).Base)
    ++N;
  return N;
}

ObjId rebase(ir::Unit &U, ObjId O, ObjId From, ObjId To) {
  if (O == From || !To)
    return To;
  if (pathLength(U, O) - pathLength(U, From) + pathLength(U, To) > MaxPath)
    return {};
  ObjId Base = rebase(U, U.object(O).Base, From, To);
  return Base ? U.samePart(O, Base) : ObjId();
}

ObjId resolve(ir::Unit &U, const PathState &State, ObjId O) {
  // A chain of bindings longer than this is a cycle (p = p->next).
  for (int Budget = 8; Budget > 0 && O; --Budget) {
    ObjId Bound, To;
    for (ObjId At = O; At; At = U.object(At).Base) {
      if (U.object(At).Kind == ir::ObjectKind::Element)
        continue;
      const ir::Operand *B = State.binding(At);
      if (B && B->K == ir::Operand::Kind::Place && B->Obj != At) {
        Bound = At;
        To = B->Obj;
        break;
      }
    }
    if (!Bound)
      return O;
    O = rebase(U, O, Bound, To);
  }
  return O;
}

/// Owner is the callee or a lambda inside it.
bool Renaming::isOwn(FuncId Owner) const {
  for (FuncId F = Owner; F; F = U.function(F).Parent)
    if (F == Callee)
      return true;
  return false;
}

ObjId Renaming::operator()(ObjId O) const {
  if (!O)
    return {};
  ObjId Root = U.root(O);
  for (const auto &[Own, Name] : LeftAs)
    if (Root == Own)
      return rebase(U, O, Root, Name);
  const ir::Object RootObj = U.object(Root);
  const ir::Function &F = U.function(Callee);
  switch (RootObj.Kind) {
  case ir::ObjectKind::Global:
  case ir::ObjectKind::Static:
    return resolve(U, State, O);
  case ir::ObjectKind::This:
    if (Root != F.This)
      return resolve(U, State, O); // a lambda uses its method's
    return This ? resolve(U, State, rebase(U, O, Root, This)) : ObjId();
  case ir::ObjectKind::Param:
    for (size_t I = 0; I < F.Params.size(); ++I)
      if (F.Params[I] == Root) {
        if (I >= Args.size() || Args[I].K != ir::Operand::Kind::Place)
          return {};
        return resolve(U, State, rebase(U, O, Root, Args[I].Obj));
      }
    return isOwn(RootObj.Owner) ? ObjId() : resolve(U, State, O);
  case ir::ObjectKind::Capture:
    // The whole, or a part of a copied pair, was bound where it was made.
    for (ObjId At = O; At; At = U.object(At).Base)
      if (const ir::Operand *B = State.binding(At))
        if (B->K == ir::Operand::Kind::Place)
          return resolve(U, State, O);
    return isOwn(RootObj.Owner) ? ObjId() : resolve(U, State, O);
  default:
    return isOwn(RootObj.Owner) ? ObjId() : resolve(U, State, O);
  }
}

/// A lock without a name here is still one of those that its declaration
/// makes, unless the callee has it for itself.
ObjId Renaming::lock(ObjId O) const {
  ObjId Known = (*this)(O);
  if (Known || !O)
    return Known;
  const ir::Object &Lock = U.object(O);
  if (Lock.Type != ir::TypeClass::Lock || Lock.Kind != ir::ObjectKind::Field ||
      !Lock.Loc.isValid())
    return {};
  bool IsShared = U.isSummarised(O);
  for (ObjId At = Lock.Base; At; At = U.object(At).Base)
    IsShared |= U.object(At).IsAlias;
  return IsShared ? U.someMember(O) : ObjId();
}

ObjId Renaming::slot(ObjId O) const {
  ObjId Base = O ? U.object(O).Base : ObjId();
  if (!Base)
    return (*this)(O);
  ObjId Known = (*this)(Base);
  return Known ? rebase(U, O, Base, Known) : ObjId();
}

ir::Operand Renaming::operator()(const ir::Operand &V) const {
  if (V.K == ir::Operand::Kind::Place) {
    const std::vector<ObjId> &Params = U.function(Callee).Params;
    for (size_t I = 0; I < Params.size() && I < Args.size(); ++I)
      if (Params[I] == V.Obj)
        return Args[I];
    ObjId O = (*this)(V.Obj);
    return O ? ir::Operand::place(O) : ir::Operand::none();
  }
  if (V.K != ir::Operand::Kind::Function)
    return ir::Operand::none();
  ir::Callable Fn = *V.Fn;
  if (Fn.Targets.empty() && Fn.Place)
    return (*this)(ir::Operand::place(Fn.Place));
  if (Fn.This && !(Fn.This = (*this)(Fn.This)))
    return ir::Operand::none();
  for (ir::Operand &A : Fn.Bound)
    if (A.K != ir::Operand::Kind::Value)
      A = (*this)(A);
  return ir::Operand::function(std::move(Fn));
}

std::vector<HeldLock>
Renaming::operator()(const std::vector<HeldLock> &Locks) const {
  std::vector<HeldLock> Out;
  for (HeldLock H : Locks)
    if ((H.Lock = (*this)(H.Lock)))
      Out.push_back(H);
  return Out;
}

std::vector<Balance>
Renaming::operator()(const std::vector<Balance> &Bs) const {
  std::vector<Balance> Out;
  for (Balance B : Bs)
    if ((B.Counter = (*this)(B.Counter)))
      Out.push_back(B);
  return Out;
}

std::vector<ObjId> Renaming::operator()(const std::vector<ObjId> &Os) const {
  std::vector<ObjId> Out;
  for (ObjId O : Os)
    if (ObjId New = (*this)(O))
      Out.push_back(New);
  return Out;
}

std::optional<Event> Renaming::operator()(const Event &E) const {
  ObjId Obj =
      E.How == ir::Mode::Pointer ? slot(E.Obj) : contextOf(U, lock(E.Obj));
  if ((!Obj && E.Obj) || !isPossible(E.Requires))
    return std::nullopt;
  Event New = E;
  New.Obj = Obj;
  New.Held.clear();
  for (HeldLock H : E.Held)
    if ((H.Lock = lock(H.Lock)))
      New.Held.push_back(H);
  New.Took.clear();
  for (TakenLock T : E.Took)
    if ((T.Lock = lock(T.Lock))) {
      if (CallSite.isValid())
        T.Loc = CallSite;
      New.Took.push_back(T);
    }
  New.Freed = (*this)(E.Freed);
  New.After = (*this)(E.After);
  New.Told = (*this)(E.Told);
  New.Requires.clear();
  for (const auto &[Place, Found] : E.Requires)
    if (ObjId Here = slot(Place))
      New.Requires.emplace_back(Here, Found);
  if (CallSite.isValid())
    New.Via.insert(New.Via.begin(), CallSite);
  return New;
}

std::vector<Event> Renaming::operator()(const std::vector<Event> &Es) const {
  std::vector<Event> Out;
  for (const Event &E : Es)
    if (std::optional<Event> New = (*this)(E))
      Out.push_back(std::move(*New));
  return Out;
}

bool Renaming::isPossible(const Requirements &Requires) const {
  const std::vector<ObjId> &Params = U.function(Callee).Params;
  for (const auto &[Place, Found] : Requires) {
    Interval Known;
    size_t I = std::find(Params.begin(), Params.end(), Place) - Params.begin();
    if (I < Args.size() && Args[I].K == ir::Operand::Kind::Value)
      Known = State.Numbers.eval(Args[I].Value);
    else if (ObjId Here = slot(Place))
      Known = State.Numbers.get(Here);
    if (Known.Hi < Found.Lo || Known.Lo > Found.Hi)
      return false;
  }
  return true;
}

/// What others could wait for the task by, or tell it that it may end.
static bool isWord(ir::OpKind K) {
  return isSignal(K) || K == ir::OpKind::Recv || K == ir::OpKind::CondWait;
}

Task Renaming::operator()(const Task &T) const {
  Task New = T;
  for (const Event &E : T.Events)
    New.IsBlurred |= isWord(E.Kind) && !(*this)(E.Obj);
  New.IsBlurred |=
      (T.Handle && !(*this)(T.Handle)) || (T.Counted && !(*this)(T.Counted));
  New.Handle = (*this)(T.Handle);
  New.Counted = (*this)(T.Counted);
  New.Events = (*this)(T.Events);
  for (TaskExit &E : New.Exits)
    E.Balances = (*this)(E.Balances);
  if (CallSite.isValid())
    New.Via.insert(New.Via.begin(), CallSite);
  return New;
}

} // namespace heddle::summary

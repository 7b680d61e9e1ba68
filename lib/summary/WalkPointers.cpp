//===- WalkPointers.cpp - What is null along a path -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The number of a pointer's name is above zero where it is not null, that of a
// look-up's result where there is such an element, that of a thread's variable
// where there is a thread to join.
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "summary/Walker.h"
#include <map>

namespace heddle::summary {

using ir::OpKind;

/// Objects of such a type have a truth, so that the one of a name is theirs and
/// not that of a pointer.
static bool hasTruth(ir::TypeClass Type) {
  switch (Type) {
  case ir::TypeClass::Other:
  case ir::TypeClass::Lock:
  case ir::TypeClass::Counter:
  case ir::TypeClass::Cond:
  case ir::TypeClass::Once:
    return false;
  default:
    return true;
  }
}

/// Pointer, or a thread's variable, is set to To: it is null, or joinable, as
/// that is, and not as it was before. What else has a truth of its own, a
/// callable or an optional, gets it by a Set.
void Walker::notePointer(PathState &S, ObjId Pointer, ObjId To) {
  bool IsTask = U.object(Pointer).Type == ir::TypeClass::Task;
  if (!IsTask &&
      (!U.object(Pointer).IsAlias || hasTruth(U.object(Pointer).Type)))
    return;
  ObjId Here = slot(S, Pointer), From = slot(S, To);
  ObjId Denoted = resolve(U, S, To);
  // What a look-up found says noteFound.
  if (!Here || U.isSummarised(Here) || U.isSummarised(To) ||
      (Denoted && U.isSummarised(Denoted)))
    return;
  noteSet(S, Here);
  if (!From || All.isUnstable(Here, F))
    S.Numbers.set(Here, {});
  else if (IsTask || U.object(To).IsAlias)
    S.Numbers.set(Here, S.Numbers.get(From));
  else
    S.Numbers.set(Here, {1, Interval::Max});
}

/// Op does something to an object: no pointer on the way to it was null. What
/// only looks at a pointer, or gives it away, does not follow that one.
void Walker::noteFollowed(Point &P, const ir::Op &Op) {
  const bool IsOfPointer =
      Op.How == ir::Mode::Pointer || Op.Kind == OpKind::Escape ||
      Op.Kind == OpKind::End || Op.Kind == OpKind::Havoc;
  ObjId O = Op.Obj && IsOfPointer ? U.object(Op.Obj).Base : Op.Obj;
  for (; O; O = U.object(O).Base) {
    const ir::Object &Ob = U.object(O);
    if (!Ob.IsAlias || Ob.Kind == ir::ObjectKind::This || hasTruth(Ob.Type))
      continue;
    ObjId Here = slot(*P.State, O);
    if (!Here || U.isSummarised(Here) || All.isUnstable(Here, F))
      continue;
    Interval Known = P.State->Numbers.get(Here);
    if (Known.Lo > 0 || Known.Hi <= 0)
      continue;
    P.State = std::make_shared<PathState>(*P.State);
    P.State->Numbers.set(Here, {1, Known.Hi});
  }
}

/// O is an object that a pointer refers to, and has no value of its own.
bool Walker::isAddress(ObjId O) const {
  const ir::Object &Ob = U.object(O);
  return Ob.Kind == ir::ObjectKind::Temp && !Ob.IsAlias &&
         Ob.Type == ir::TypeClass::Other;
}

/// What joinable() says of a thread from here on.
void Walker::noteJoinable(PathState &S, ObjId Handle, bool Is) {
  if (Handle && U.object(Handle).Type == ir::TypeClass::Task &&
      !U.isSummarised(Handle) && !All.isUnstable(Handle, F)) {
    noteSet(S, Handle);
    S.Numbers.set(Handle, Interval::exactly(Is));
  }
}

/// O may be another in every turn of a loop of this function.
bool Walker::changesByTurn(ObjId O) const {
  if (!O || U.isSummarised(O))
    return true;
  const std::vector<ir::Block> &Blocks = U.function(F).Blocks;
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    for (const ir::Op &Op : Blocks[B].Ops)
      if ((Op.Obj == O || Op.Result == O) && ir::isInLoop(Blocks, BlockId(B)))
        return true;
  return false;
}

/// A look-up by key says of its result, and of an iterator that is set to that,
/// whether there is such an element: anew when the key may be another one than
/// last time, or the iterator another one's result.
void Walker::noteFound(PathState &S, const ir::Op &Op) {
  if (Op.How != ir::Mode::Key)
    return;
  bool IsNew =
      mentions(Op.Args[1].Value, [&](ObjId O) { return changesByTurn(O); });
  std::map<ObjId, std::pair<unsigned, bool>> Names; // times set, and to this
  for (const ir::Block &B : U.function(F).Blocks)
    for (const ir::Op &Other : B.Ops)
      if (Other.Kind == OpKind::Bind && Other.Obj && !Other.Args.empty()) {
        auto &[Times, IsThis] = Names[Other.Obj];
        ++Times;
        IsThis |= Other.Args[0].Obj == Op.Obj;
      }
  if (IsNew)
    S.Numbers.set(Op.Obj, {});
  for (const auto &[Name, How] : Names)
    if (How.second && (IsNew || How.first > 1))
      S.Numbers.set(Name, {});
}

} // namespace heddle::summary

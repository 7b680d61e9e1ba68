//===- Renaming.h - A callee's names in its caller's ----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: follows bindings, and carries effects across one call or spawn.
// A place that the caller has no name for becomes none; effects on it go.
// Lambdas use the names of the function around them, which stay as they are.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_RENAMING_H
#define HEDDLE_SUMMARY_RENAMING_H

#include "summary/PathState.h"
#include <optional>

namespace heddle::summary {

/// The place that O denotes in State: bindings of O and of what it is a part
/// of are followed. Elements are not followed: they stand for many.
ObjId resolve(ir::Unit &U, const PathState &State, ObjId O);

/// O with its part From replaced by To; From must be O or above it. None when
/// the path would become too long to follow.
ObjId rebase(ir::Unit &U, ObjId O, ObjId From, ObjId To);

/// O is Whole or a part of it.
bool isWithin(const ir::Unit &U, ObjId O, ObjId Whole);

/// O, or the context that O is a handle in (`scope.cancel`).
ObjId contextOf(const ir::Unit &U, ObjId O);

class Renaming {
public:
  /// Names of Callee seen from State, where it is called as Fn(Args).
  Renaming(ir::Unit &U, const PathState &State, FuncId Callee, ObjId This,
           const std::vector<ir::Operand> &Args)
      : U(U), State(State), Callee(Callee), This(This), Args(Args) {}

  ObjId operator()(ObjId O) const;
  /// As above; a member that is a lock becomes Unit::someMember when the object
  /// that it belongs to has no name.
  ObjId lock(ObjId O) const;
  /// Where the value of O is kept: as Walker::slot, in the caller's names.
  ObjId slot(ObjId O) const;
  /// A place or callable; none when the caller has no name for it.
  ir::Operand operator()(const ir::Operand &V) const;
  std::vector<HeldLock> operator()(const std::vector<HeldLock> &Locks) const;
  std::vector<Balance> operator()(const std::vector<Balance> &Bs) const;
  std::vector<ObjId> operator()(const std::vector<ObjId> &Os) const;
  /// Whether State lets a path of the callee find what it requires.
  bool isPossible(const Requirements &Requires) const;
  /// None when it is not possible, or its object has no name.
  std::optional<Event> operator()(const Event &E) const;
  /// Those that are something.
  std::vector<Event> operator()(const std::vector<Event> &Es) const;
  Task operator()(const Task &T) const;

  /// Prefixed to Via of renamed effects when valid.
  SourceSpan CallSite;
  /// The callee's own objects that outlive it, because it returns them or keeps
  /// them in a member, and the caller's names for them.
  std::vector<std::pair<ObjId, ObjId>> LeftAs;

private:
  bool isOwn(FuncId Owner) const;

  ir::Unit &U;
  const PathState &State;
  FuncId Callee;
  ObjId This;
  const std::vector<ir::Operand> &Args;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_RENAMING_H

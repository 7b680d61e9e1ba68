//===- Claims.cpp - Which rule a blocked task belongs to ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"
#include <algorithm>

namespace heddle::rules {

using explore::Fault;
using explore::FaultKind;
using ir::OpKind;
using summary::Event;
using summary::PathNode;

bool isBlocked(const Fault &F) {
  return F.Kind == FaultKind::Deadlock || F.Kind == FaultKind::LeakedTask;
}

bool isNilWait(const Fault &F) {
  return isBlocked(F) && F.IsNil &&
         (F.Op == OpKind::Send || F.Op == OpKind::Recv);
}

bool isShortCount(const Fault &F) {
  return isBlocked(F) && F.Op == OpKind::Wait && F.IsShort;
}

bool hasWorkToDo(const summary::Task &T) {
  if (T.Exits.empty() || T.IsBlurred || T.How == ir::Mode::Timer)
    return false;
  for (const Event &E : T.Events)
    if (!E.InTask && (E.Kind == OpKind::Recv || E.Kind == OpKind::CondWait))
      return false; // Waits to be told what to do, or to stop.
  return true;
}

bool usesAtomic(const summary::Task &T) {
  return std::any_of(T.Events.begin(), T.Events.end(), [](const Event &E) {
    return E.Kind == OpKind::Atomic && !E.OnCopy;
  });
}

bool isClosedSomewhere(const RuleInput &In, ObjId O) {
  const ir::Unit &U = In.Program.unit();
  auto Closes = [&](const auto &Events) {
    for (const Event &E : Events)
      if (E.Kind == OpKind::Close && sameDeclaration(U, E.Obj, O))
        return true;
    return false;
  };
  for (const auto &G : In.Program.summaries().graphs()) {
    for (const PathNode &N : G->Nodes)
      if (Closes(N.Does))
        return true;
    for (const summary::Task &T : G->Tasks)
      if (Closes(T.Events))
        return true;
  }
  return false;
}

bool isUnclosedRange(const RuleInput &In, const Fault &F) {
  if (!isBlocked(F) || F.Op != OpKind::Recv || F.IsSelect || !F.IsRange ||
      F.IsNil || !F.Origin)
    return false;
  // A timer's channel is never closed, and is not the program's to close.
  if (In.Program.unit().object(F.Origin).Type == ir::TypeClass::Timer)
    return false;
  // Who serves for as long as the program lives is ended with it.
  if (F.Kind == FaultKind::LeakedTask && F.EntryReturned &&
      In.Program.unit().function(F.Entry).IsMain)
    return false;
  return !isClosedSomewhere(In, F.Origin) && !isClosedSomewhere(In, F.Object);
}

bool isClaimed(const RuleInput &In, SourceSpan Loc) {
  for (const Fault &F : In.Exploration.Faults)
    if (F.Loc == Loc &&
        (isNilWait(F) || isShortCount(F) || isUnclosedRange(In, F)))
      return true;
  return false;
}

} // namespace heddle::rules

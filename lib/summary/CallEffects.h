//===- CallEffects.h - What a call brings in ------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the events of a callee in the names of one call, and what of a state
// decides about them. A walk meets one call in many states; most differ in what
// the callee does not see, and share what was worked out for the first.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_CALLEFFECTS_H
#define HEDDLE_SUMMARY_CALLEFFECTS_H

#include "summary/PathGraph.h"
#include "summary/Renaming.h"

namespace heddle::summary {

struct CallEffects {
  /// What Op does that calls Callee with Args and This, from State. Rename is
  /// that of the call.
  CallEffects(const ir::Op &Op, const Summary &Callee, ObjId This,
              std::vector<ir::Operand> Args,
              std::shared_ptr<const PathState> State, const Renaming &Rename);

  /// The same call of Callee, with Args and This, from State does the same.
  bool areSame(const Summary &Callee, ObjId This,
               const std::vector<ir::Operand> &Args,
               const PathState &State) const;

  EventList Events;
  /// What the callee itself waits by, its waits for counters left out: those
  /// its outcomes know better. Each once.
  std::vector<std::pair<ir::OpKind, ObjId>> Waits;
  /// What unseen code gets hold of.
  std::vector<ObjId> Lost;

private:
  const Summary *Callee;
  ObjId This;
  std::vector<ir::Operand> Args;
  std::shared_ptr<const PathState> From;
  /// Some event depends on what numbers the caller knows.
  bool NeedsNumbers = false;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_CALLEFFECTS_H

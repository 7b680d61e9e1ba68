//===- Finding.h - What a rule reports ------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the checker's result, the same for every face. Notes walk from the
// cause to the failure. Files are indexes of the unit's table; a face resolves
// them through Findings::Files.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_FINDING_H
#define HEDDLE_RULES_FINDING_H

#include "explore/Explorer.h"
#include <optional>
#include <string>
#include <vector>

namespace heddle::rules {

enum class Severity : uint8_t {
  Error,   ///< happens on a path whose branches depend on nothing unknown
  Warning, ///< needs an unknown branch to go one way
  Advice,  ///< style
};

struct Note {
  SourceSpan Loc;
  std::string Message;
};

/// Replaces the text of Span (empty: inserts before its start) with Text.
struct FixIt {
  SourceSpan Span;
  std::string Text;
};

/// A call that belongs at the top of its function, deferred. Rules know where
/// it stands and not how it is written; the engine, which has the text, makes
/// fix-its of it, or none (engine/Repair.h).
struct Deferral {
  SourceSpan Call;          ///< the last statement of the function's body
  SourceSpan Function, End; ///< as ir::Function has them
  /// What the call's text begins with, unless with "this": a name that the
  /// function finds outside.
  std::string Name;
};

/// The interleaving that shows a finding; the chart of it is drawn from this.
struct Witness {
  std::vector<std::string> Tasks; ///< names, by Step::Task
  std::vector<explore::Step> Steps;
};

struct Finding {
  std::string Rule; ///< id with prefix: "heddle-double-lock"
  Severity Level = Severity::Warning;
  SourceSpan Loc;
  std::string Message; ///< lower case, no full stop, objects in quotes
  std::vector<Note> Notes;
  std::vector<FixIt> Fixes; ///< only where the repair is certain
  std::optional<Deferral> Repair;
  std::optional<Witness> Shown;
  /// heddle-deadlock: where the tasks wait. What another rule says of one of
  /// these waits says more.
  std::vector<SourceSpan> Waits;
};

/// Drops the deadlocks of which another finding says why they come about: a
/// lock that its holder takes again, a task that forgets its Done, …; and
/// advice to defer a Done of which a way out is found to be without it.
void dropExplained(std::vector<Finding> &Findings);

/// Sorts by file name, line, column and rule, and drops repetitions: one
/// finding for a rule at a location, the most severe one.
void normalise(std::vector<Finding> &Findings,
               const std::vector<std::string> &Files);

} // namespace heddle::rules

#endif // HEDDLE_RULES_FINDING_H

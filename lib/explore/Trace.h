//===- Trace.h - An interleaving in words ---------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: turns the events on the way to a failure into the steps that a person
// needs: spawns of the tasks that take part, what they did to the objects that
// matter, the entry's return; in the order of events, each place once (its
// last time), locks only while they are held.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_TRACE_H
#define HEDDLE_EXPLORE_TRACE_H

#include "explore/Search.h"
#include <set>

namespace heddle::explore {

class Trace {
public:
  Trace(const ir::Unit &U, FuncId Entry, std::vector<Event> Events)
      : U(U), Entry(Entry), Events(std::move(Events)) {}

  /// "'main'", "task 'Produce'", "the task of line 12". By serial.
  std::string nameOf(uint32_t Task) const;
  /// Where a task was started; not valid for the entry.
  SourceSpan spawnOf(uint32_t Task) const;

  /// Numbers the tasks in the order of their spawns; the entry is 0.
  unsigned numberOf(uint32_t Task) const;
  /// Of all tasks, by number.
  std::vector<std::string> names() const;
  /// The steps about Objects (by serial) and Tasks, besides whoever acted on
  /// the objects; the entry's return if WithReturn.
  std::vector<Step> steps(std::set<uint32_t> Tasks,
                          const std::set<uint32_t> &Objects,
                          bool WithReturn) const;

private:
  const Event *spawnEvent(uint32_t Task) const;
  std::string text(const Event &E) const;
  std::vector<const Event *> answered() const;
  Step step(const Event &E) const;

  const ir::Unit &U;
  FuncId Entry;
  std::vector<Event> Events;
};

/// "sending on 'c'", for messages: what a task does as it blocks.
std::string doing(const ir::Unit &U, ir::OpKind K, ObjId Place);

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_TRACE_H

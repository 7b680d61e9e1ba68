//===- Parallel.h - Who can run beside whom -------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what the lock rules share. A *situation* is a set of strands of which
// any two can run at the same time at some point: the tasks of one function
// and the function's own path beside them, or, in a unit without a program,
// the functions that others call on one object. And when two locks are one.
// In: the walked program. Cost: linear in events, quadratic in tasks.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_PARALLEL_H
#define HEDDLE_RULES_PARALLEL_H

#include "rules/Wording.h"
#include <map>
#include <set>

namespace heddle::rules {

/// How sure it is that two locks are one.
enum class Same : uint8_t { No, Perhaps, Yes };

/// Which locks, or other primitives, are one. Objects of one function's names.
class LockIdentity {
public:
  explicit LockIdentity(const link::Program &P);
  /// Two places of one function's names; of `this` in two methods when
  /// OfOneObject.
  Same same(ObjId A, ObjId B, bool OfOneObject = false) const;
  /// The program makes one object only that has this member.
  bool isOnlyOne(ObjId Lock) const;
  /// A variable, or a member of one, that nothing else is a name for.
  bool isVariable(ObjId O) const;

private:
  void findOnlyOnes();

  const ir::Unit &U;
  const summary::Referents &Refs;
  std::set<SourceSpan> OnlyOnes; ///< by declaration
};

/// One thread of execution, as far as a situation knows of it.
struct Strand {
  const summary::Task *Task = nullptr; ///< null: the function's own path
  bool IsMany = false;                 ///< it can run beside itself
  FuncId Func;                         ///< the function, for messages
};

/// An event and the strand that does it.
struct Happening {
  const summary::Event *E = nullptr;
  unsigned Strand = 0;
  bool IsCertain = false;
  /// The node, for the function's own path: decides what runs beside it.
  const summary::PathNode *At = nullptr;
};

struct Situation {
  const summary::PathGraph *Graph = nullptr; ///< null: of a library's class
  std::vector<Strand> Strands;
  std::vector<Happening> Happenings;
  /// Of tasks A and B (indexes of strands), whether both may run at once.
  std::vector<std::vector<bool>> Together;
  /// Places of `this` in different functions are those of one object.
  bool OfOneObject = false;

  /// Two happenings of different strands, or of a strand that is many.
  bool atOnce(const Happening &A, const Happening &B) const;
  /// Whether Strand may run when A happens.
  bool runsBeside(unsigned Strand, const Happening &A) const;
};

/// Keeps an event of a situation.
using EventFilter = bool (*)(const summary::Event &E);

/// Every situation of the program in which two strands do something that
/// Keep keeps. WithTasks: beside the functions of a library's class run the
/// tasks that its constructors start.
std::vector<Situation> situations(const link::Program &P, EventFilter Keep,
                                  bool WithTasks = false);

/// "'main'", "task 'Work'": who does it.
std::string strandName(const ir::Unit &U, const Strand &S);
/// Where the strand starts, for a note; invalid for a function's own path.
void noteStart(const Strand &S, std::vector<Note> &Notes);

} // namespace heddle::rules

#endif // HEDDLE_RULES_PARALLEL_H

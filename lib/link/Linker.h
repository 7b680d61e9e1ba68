//===- Linker.h - Units to programs ---------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: makes of many units the programs that they are, each one ir::Unit of
// the same shape, so that nothing that reads a unit has to know of others.
// Units that need one another (one calls what the other defines, both use one
// variable, one overrides what the other calls) are one program; the rest stay
// programs of their own, as the tools and tests of one compile database do.
//
// How names are resolved:
//   - A function or variable that a unit defines is its own one there. Other
//     units' definitions are the same when they stand at the same place (in a
//     header, or in a file that is compiled twice); else it is another one.
//   - What a unit only declares is the one definition that units of the same
//     program can have. Two of them, or none: unknown. A unit with a main is
//     not part of another main's program.
//   - Lambdas, parameters, locals and statics follow their function.
//   - A virtual call goes to the overrides of all units too. It is closed when
//     the program is whole: one main, and a body for everything that is called.
//
// Ensures: the programs do not depend on the order in which units are added,
// nor on units that are added twice. Each passes ir::verify when the units did.
// Cost: linear in the units, which are all kept.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_LINK_LINKER_H
#define HEDDLE_LINK_LINKER_H

#include "ir/Skeleton.h"

namespace heddle::link {

class Linker {
public:
  /// Requires: ir::verify(U) found nothing.
  void add(ir::Unit U) { Units.push_back(std::move(U)); }
  /// A unit that could not be read may be part of any program: none is whole.
  void addUnreadable() { IsPartial = true; }

  /// The programs, ordered by the paths of their first units. Once.
  std::vector<ir::Unit> link();

private:
  void sort();

  std::vector<ir::Unit> Units;
  bool IsPartial = false;
};

} // namespace heddle::link

#endif // HEDDLE_LINK_LINKER_H

//===- ChannelFacts.h - What is known of a declared channel ---*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: by declaration, whoever's channel it is: how much room it has, and
// whether code out of sight, or under another name, can get hold of it.
// Cost: linear in the unit, once.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_CHANNELFACTS_H
#define HEDDLE_RULES_CHANNELFACTS_H

#include "ir/Skeleton.h"
#include <map>
#include <set>

namespace heddle::rules {

class ChannelFacts {
public:
  /// More than any count.
  static constexpr unsigned Many = 1'000;

  /// Requires: U outlives this.
  explicit ChannelFacts(const ir::Unit &U);

  /// Code that no unit shows can use what O is declared as.
  bool isUnseen(ObjId O) const { return Unseen.count(U.object(O).Loc); }
  /// It is handed on or returned: others may have a name of their own for it.
  bool isShared(ObjId O) const { return Shared.count(U.object(O).Loc); }
  /// How many messages it holds; Many when that is not known.
  unsigned room(ObjId O) const {
    auto It = Room.find(U.object(O).Loc);
    return It == Room.end() ? Many : It->second;
  }

private:
  const ir::Unit &U;
  std::map<SourceSpan, unsigned> Room;
  std::set<SourceSpan> Unseen, Shared;
};

} // namespace heddle::rules

#endif // HEDDLE_RULES_CHANNELFACTS_H

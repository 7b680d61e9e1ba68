//===- Ids.h - Strong integer identifiers ---------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the index types of the skeleton. An id indexes one vector of ir::Unit
// (or of the ir::Function named) and is never mixed with another kind of id.
// The default id is *none*: it indexes nothing and tests false.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUPPORT_IDS_H
#define HEDDLE_SUPPORT_IDS_H

#include <compare>
#include <cstdint>
#include <functional>

namespace heddle {

template <class Tag> class Id {
public:
  constexpr Id() = default;
  constexpr explicit Id(uint32_t Index) : Index(Index) {}

  constexpr explicit operator bool() const { return Index != None; }
  /// Requires: not none.
  constexpr uint32_t index() const { return Index; }
  constexpr auto operator<=>(const Id &) const = default;

private:
  static constexpr uint32_t None = ~0u;
  uint32_t Index = None;
};

using FileId = Id<struct FileTag>;   ///< ir::Unit::Files
using ObjId = Id<struct ObjTag>;     ///< ir::Unit::Objects
using FuncId = Id<struct FuncTag>;   ///< ir::Unit::Functions
using BlockId = Id<struct BlockTag>; ///< ir::Function::Blocks

} // namespace heddle

template <class Tag> struct std::hash<heddle::Id<Tag>> {
  size_t operator()(heddle::Id<Tag> I) const {
    return I ? std::hash<uint32_t>()(I.index()) : ~size_t(0);
  }
};

#endif // HEDDLE_SUPPORT_IDS_H

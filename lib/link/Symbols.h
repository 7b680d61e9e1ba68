//===- Symbols.h - Which names are one ------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the linker's tables. An *entity* is one function or variable of the
// programs: what several units call by one USR and what Linker.h's rules say is
// the same. Functions with internal linkage, lambdas, and variables that no
// other unit can name are none.
// In: the units in their final order. Cost: linear.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_LINK_SYMBOLS_H
#define HEDDLE_LINK_SYMBOLS_H

#include "ir/Skeleton.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <tuple>

namespace heddle::link {

/// A file by its path without "." and "..", so that units that spell it in two
/// ways agree.
std::string canonicalPath(llvm::StringRef Path);

/// Where a unit speaks of an entity: its index in Functions or Objects.
struct Mention {
  uint32_t Unit, Index;
  bool IsDefinition;
};

struct Entity {
  std::vector<Mention> Mentions; ///< in the order of units
};

/// By what two definitions of one USR are the same: file, line, column.
using Site = std::tuple<std::string, uint32_t, uint32_t>;

class Symbols {
public:
  static constexpr uint32_t None = ~0u;

  explicit Symbols(llvm::ArrayRef<ir::Unit> Units);

  llvm::ArrayRef<Entity> functions() const { return Functions; }
  llvm::ArrayRef<Entity> objects() const { return Objects; }
  /// The entity of a unit's function or object, or None.
  uint32_t function(uint32_t Unit, FuncId F) const {
    return OfFunction[Unit][F.index()];
  }
  uint32_t object(uint32_t Unit, ObjId O) const {
    return OfObject[Unit][O.index()];
  }
  bool hasMain(uint32_t Unit) const { return HasMain[Unit]; }

private:
  struct Name {
    std::vector<std::pair<Site, Mention>> Definitions;
    std::vector<Mention> Declarations;
  };
  using Ids = std::vector<std::vector<uint32_t>>;
  void resolve(const Name &N, std::vector<Entity> &Entities, Ids &Of) const;

  std::vector<bool> HasMain;
  std::vector<Entity> Functions, Objects;
  Ids OfFunction, OfObject;
};

} // namespace heddle::link

#endif // HEDDLE_LINK_SYMBOLS_H

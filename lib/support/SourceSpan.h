//===- SourceSpan.h - A place in the source text --------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a location that outlives the compiler's source manager, so that every
// layer after extraction can point into the source without it. Lines and
// columns count from one, columns in bytes, as clang prints them. `Line == 0`
// means that the location is not known.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUPPORT_SOURCESPAN_H
#define HEDDLE_SUPPORT_SOURCESPAN_H

#include "support/Ids.h"

namespace heddle {

struct SourceSpan {
  FileId File;
  uint32_t Line = 0, Column = 0;
  /// The last character's line and the column one past it; 0 when only the
  /// start is known.
  uint32_t EndLine = 0, EndColumn = 0;

  bool isValid() const { return Line != 0 && bool(File); }
  auto operator<=>(const SourceSpan &) const = default;
};

} // namespace heddle

#endif // HEDDLE_SUPPORT_SOURCESPAN_H

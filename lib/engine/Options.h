//===- Options.h - What a user can set ------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the options of an analysis, the same for every face. Each says its
// meaning, its default and why that.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_OPTIONS_H
#define HEDDLE_ENGINE_OPTIONS_H

#include "explore/Explorer.h"
#include <string>

namespace heddle::engine {

struct Options {
  /// The checks that are on, as globs (engine/Checks.h). A user's list is put
  /// behind the default, as clang-tidy does, so that `-heddle-x` takes one
  /// away and `-*,heddle-x` leaves one. Default: all, because no rule is noisy
  /// enough to be asked for.
  static constexpr char DefaultChecks[] = "heddle-*";
  std::string Checks = DefaultChecks;

  /// Bounds of exploration. Explorer.h has the defaults and their units; they
  /// keep a file under a second.
  explore::Limits Bounds;
};

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_OPTIONS_H

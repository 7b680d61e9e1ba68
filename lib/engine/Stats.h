//===- Stats.h - How it went ----------------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what --stats says: how much there was, what the engine lost track of,
// which bound it reached how often, and where the time went. Files are read one
// by one; programs, of one file or linked from several, are analysed. Each
// layer counts its own.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_STATS_H
#define HEDDLE_ENGINE_STATS_H

#include "explore/Explorer.h"
#include "summary/PathGraph.h"
#include "llvm/Support/JSON.h"

namespace heddle::engine {

/// Seconds.
struct Times {
  double Summarise = 0, Explore = 0, Rules = 0;
};

struct Stats {
  unsigned Functions = 0;      ///< with a body
  unsigned CallSites = 0;      ///< calls and spawns
  unsigned UnknownCallees = 0; ///< of those, where anything may be called
  unsigned Escaped = 0;        ///< objects that code not seen got hold of
  unsigned Findings = 0;
  unsigned Silenced = 0; ///< findings that a NOLINT took
  summary::BoundsReached SummaryBounds;
  explore::Stats Exploration;
  Times Seconds;

  void add(const Stats &O);
};

/// Of a run of a tool.
struct RunStats {
  struct File {
    std::string Name;
    bool IsRead = false; ///< and no error in it
    double Parse = 0, Extract = 0;
  };
  struct Program {
    std::string Name;
    Stats Counts;
  };
  std::vector<File> Files;
  std::vector<Program> Programs;
  unsigned Unreadable = 0; ///< further files, that could not be opened
  double Link = 0;         ///< seconds

  /// For people: a paragraph a program, when there are several, and the sum.
  std::string text() const;
  llvm::json::Value json() const;
};

/// The most memory that this process has held so far, in bytes.
uint64_t peakMemory();

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_STATS_H

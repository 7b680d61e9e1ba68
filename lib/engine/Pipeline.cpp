//===- Pipeline.cpp - The whole checker, from skeleton to findings ------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Pipeline.h"
#include "engine/Checks.h"
#include "engine/Nolint.h"
#include "engine/Repair.h"
#include "ir/Verify.h"
#include "link/Program.h"
#include "rules/Rule.h"
#include "llvm/ADT/STLExtras.h"
#include <chrono>

using namespace heddle;
using namespace heddle::engine;

namespace {
class Stopwatch {
public:
  /// The seconds since it was made or asked last.
  double lap() {
    auto Now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(Now - std::exchange(Last, Now))
        .count();
  }

private:
  std::chrono::steady_clock::time_point Last = std::chrono::steady_clock::now();
};
} // namespace

/// Removes what a NOLINT takes; returns how many.
static unsigned dropSilenced(std::vector<rules::Finding> &Findings,
                             const std::vector<std::string> &Files,
                             report::SourceText &Text) {
  llvm::StringMap<NolintFile> Directives;
  auto IsSilenced = [&](const rules::Finding &F) {
    if (!F.Loc.isValid())
      return false;
    const std::string &Path = Files[F.Loc.File.index()];
    auto It = Directives.try_emplace(Path, Text.file(Path)).first;
    return It->second.silences(
        F.Rule, Text.offset(Path, F.Loc.Line, F.Loc.Column), F.Loc.Line);
  };
  size_t Before = Findings.size();
  llvm::erase_if(Findings, IsSilenced);
  return unsigned(Before - Findings.size());
}

/// Calls and spawns, in the program as it is written.
static unsigned countCalls(const ir::Unit &U) {
  unsigned N = 0;
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      N += llvm::count_if(B.Ops,
                          [](const ir::Op &O) { return O.Fn.isPresent(); });
  return N;
}

Result engine::analyse(ir::Unit Unit, const Options &O,
                       report::SourceText &Text) {
  Stopwatch Time;
  Result R;
  R.Files = Unit.Files;

  // A skeleton that breaks an invariant would break what follows.
  if (std::vector<ir::Complaint> Wrong = ir::verify(Unit); !Wrong.empty()) {
    R.Broken = Wrong.front().str(Unit);
    return R;
  }

  // Every function's summary, composed over the calls of the program.
  link::Program Program(std::move(Unit));
  R.Counts.Seconds.Summarise = Time.lap();

  // The tasks against each other.
  explore::Exploration Exploration = explore::explore(Program.unit(), O.Bounds);
  R.Counts.Seconds.Explore = Time.lap();

  // Each rule that is on looks at both.
  Checks On(O.Checks);
  rules::RuleInput In{Program, Exploration};
  for (const rules::Rule *Rule : rules::allRules())
    if (On.contains(Rule->Id))
      Rule->Run(In, R.Findings);

  rules::dropExplained(R.Findings);

  // What the user has silenced goes; the rest is put in order.
  R.Counts.Silenced = dropSilenced(R.Findings, R.Files, Text);
  rules::normalise(R.Findings, R.Files);
  for (rules::Finding &F : R.Findings)
    if (F.Repair)
      F.Fixes = fixesOf(*F.Repair, R.Files, Text);

  R.Counts.Functions = unsigned(
      llvm::count_if(Program.unit().Functions,
                     [](const ir::Function &F) { return F.hasBody(); }));
  R.Counts.CallSites = countCalls(Program.unit());
  const summary::Summaries::Stats &Summarised = Program.summaries().Counts;
  R.Counts.UnknownCallees = unsigned(Summarised.UnknownCallees.size());
  R.Counts.Escaped = unsigned(Summarised.Escaped.size());
  R.Counts.SummaryBounds = Summarised.Reached;
  R.Counts.Exploration = Exploration.Counts;
  R.Counts.Findings = unsigned(R.Findings.size());
  R.Counts.Seconds.Rules = Time.lap();
  return R;
}

bool Seen::insert(const rules::Finding &F,
                  const std::vector<std::string> &Files) {
  std::string Key = F.Loc.File ? Files[F.Loc.File.index()] : std::string();
  Key += ":" + std::to_string(F.Loc.Line) + ":" + std::to_string(F.Loc.Column) +
         ":" + F.Rule;
  return Keys.try_emplace(Key).second;
}

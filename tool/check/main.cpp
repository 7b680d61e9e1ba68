//===- main.cpp - The checker on the command line -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: heddle-check. What it knows of its checks is said here; files are
// checked in CheckFiles.cpp.
//
//===----------------------------------------------------------------------===//

#include "CheckFiles.h"
#include "CommandLine.h"
#include "engine/Checks.h"
#include "report/RuleDocs.h"
#include "rules/Rule.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace heddle;
using namespace heddle::check;

namespace {

Status explain(llvm::StringRef Id) {
  const rules::Rule *R = rules::findRule(Id);
  if (!R)
    return wrong("--explain: there is no check '" + Id +
                 "'; --list-checks lists them");
  llvm::outs() << report::rulePage(*R);
  return NoFindings;
}

/// Says when a glob, or the list as a whole, has nothing on.
Status judgeChecks(llvm::StringRef UserGlobs, const engine::Checks &On) {
  engine::Checks User(UserGlobs);
  bool Any = false;
  for (const rules::Rule *R : rules::allRules())
    Any |= On.contains(R->Id);
  for (const engine::Checks::Glob &G : User.globs()) {
    bool Matches = false;
    for (const rules::Rule *R : rules::allRules())
      Matches |= G.matches(R->Id);
    if (!Matches)
      llvm::errs() << "heddle-check: warning: --checks: '" << G.Pattern
                   << "' matches no check; --list-checks lists them\n";
  }
  return Any ? NoFindings : wrong("no checks are on; --checks takes all away");
}

Status listChecks(const engine::Checks &On) {
  llvm::outs() << "Enabled checks:\n";
  for (const rules::Rule *R : rules::allRules())
    if (On.contains(R->Id))
      llvm::outs() << "    " << llvm::left_justify(R->Id, 28) << R->Title
                   << '\n';
  return NoFindings;
}

} // namespace

/// The work is done on a thread of its own (Guarded.h), whose arena glibc grows
/// by a system call for every page: a tenth of the time. One arena for all, and
/// a run gives nothing back before its end.
static void tuneAllocator() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_TOP_PAD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

int main(int Argc, const char **Argv) {
  tuneAllocator();
  llvm::InitLLVM Init(Argc, Argv);
  std::optional<CommandLine> Line = readCommandLine(Argc, Argv);
  if (!Line)
    return Trouble;
  llvm::errs().tie(&llvm::outs());
  llvm::outs().enable_colors(Line->Colour);
  if (!Line->Explain.empty())
    return explain(Line->Explain);
  engine::Options Options;
  Options.Checks += "," + Line->Checks;
  engine::Checks On(Options.Checks);
  if (Status S = judgeChecks(Line->Checks, On))
    return S;
  return Line->ListChecks ? listChecks(On) : checkFiles(*Line, Options);
}

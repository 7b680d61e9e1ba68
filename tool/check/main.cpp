//===- main.cpp - The checker on the command line -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: heddle-check. Every file goes the same way: parse and extract, analyse,
// report. A file that cannot be analysed does not keep the others from it.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "Inputs.h"
#include "engine/Checks.h"
#include "engine/Pipeline.h"
#include "extract/Frontend.h"
#include "ir/SkeletonText.h"
#include "models/ModelFile.h"
#include "report/RuleDocs.h"
#include "report/TextReport.h"
#include "rules/Rule.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"

using namespace heddle;
using namespace heddle::check;

namespace {

enum Status { NoFindings = 0, SomeFindings = 1, Trouble = 2 };

Status wrong(const llvm::Twine &What) {
  llvm::errs() << "heddle-check: error: " << What << '\n';
  return Trouble;
}

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

struct Totals {
  unsigned Files = 0, Failed = 0, Findings = 0, Functions = 0, Silenced = 0;
  explore::Stats Exploration;
  double Parse = 0, Extract = 0, Analyse = 0;

  void print() const {
    llvm::errs() << Files << " files, " << Failed << " not analysed, "
                 << Functions << " functions, " << Findings << " findings, "
                 << Silenced << " silenced\n"
                 << Exploration.Entries << " entries explored, "
                 << Exploration.States << " states, "
                 << Exploration.BoundsReached << " bounds reached\n"
                 << llvm::format("parse %.3f s, extract %.3f s, analyse %.3f s\n",
                                 Parse, Extract, Analyse);
  }
};

Status checkFiles(const CommandLine &Line, const engine::Options &Options) {
  llvm::Expected<Inputs> In = inputsOf(Line);
  if (!In)
    return wrong(llvm::toString(In.takeError()));
  report::SourceText Text;
  report::TextReport Report(llvm::outs(), llvm::errs(), Text);
  engine::Seen Seen;
  Totals Sum;
  auto NotAnalysed = [&](const llvm::Twine &Why) {
    ++Sum.Failed;
    wrong(Why);
  };

  Report.begin();
  for (const std::string &Why : In->Unreadable)
    NotAnalysed(Why);
  for (const extract::CompileCommand &C : In->Commands) {
    ++Sum.Files;
    extract::FrontendResult Front = extract::parseFile(
        C.File, C.Directory, C.Flags, models::builtinModel(), Line.Colour);
    Sum.Parse += Front.ParseSeconds;
    Sum.Extract += Front.ExtractSeconds;
    if (Front.Errors != 0) {
      NotAnalysed(C.File + ": not analysed: " + llvm::Twine(Front.Errors) +
                  (Front.Errors == 1 ? " error" : " errors"));
      continue;
    }
    if (Line.EmitSkeleton) {
      llvm::outs() << ir::print(Front.Unit);
      continue;
    }
    engine::Result R = engine::analyse(std::move(Front.Unit), Options, Text);
    if (!R.Broken.empty())
      NotAnalysed(C.File + ": not analysed: internal error: " + R.Broken);
    Sum.Functions += R.Counts.Functions;
    Sum.Silenced += R.Counts.Silenced;
    Sum.Analyse += R.Counts.Seconds;
    Sum.Exploration.Entries += R.Counts.Exploration.Entries;
    Sum.Exploration.States += R.Counts.Exploration.States;
    Sum.Exploration.BoundsReached += R.Counts.Exploration.BoundsReached;
    for (const rules::Finding &F : R.Findings)
      if (Seen.insert(F, R.Files)) {
        ++Sum.Findings;
        Report.finding(F, R.Files);
      }
  }
  Report.end();
  if (Line.Stats)
    Sum.print();
  return Sum.Failed ? Trouble : Sum.Findings ? SomeFindings : NoFindings;
}

} // namespace

int main(int Argc, const char **Argv) {
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

//===- CheckFiles.cpp - Files to findings -------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckFiles.h"
#include "Guarded.h"
#include "Inputs.h"
#include "engine/Pipeline.h"
#include "extract/Frontend.h"
#include "ir/SkeletonText.h"
#include "models/ModelFile.h"
#include "report/TextReport.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace heddle;
using namespace heddle::check;

namespace {

/// What became of one file.
struct Outcome {
  unsigned Errors = 0;  ///< the compiler's; without any, one of the two below
  std::string Skeleton; ///< with --emit-skeleton
  engine::Result Result;
  double Parse = 0, Extract = 0;
};

struct Totals {
  unsigned Files = 0, Failed = 0, Findings = 0, Functions = 0, Silenced = 0;
  explore::Stats Exploration;
  double Parse = 0, Extract = 0, Analyse = 0;

  void add(const Outcome &O) {
    const engine::Stats &S = O.Result.Counts;
    Functions += S.Functions;
    Silenced += S.Silenced;
    Exploration.Entries += S.Exploration.Entries;
    Exploration.States += S.Exploration.States;
    Exploration.BoundsReached += S.Exploration.BoundsReached;
    Parse += O.Parse;
    Extract += O.Extract;
    Analyse += S.Seconds;
  }

  void print() const {
    llvm::errs() << Files << " files, " << Failed << " not analysed, "
                 << Functions << " functions, " << Findings << " findings, "
                 << Silenced << " silenced\n"
                 << Exploration.Entries << " entries explored, "
                 << Exploration.States << " states, "
                 << Exploration.BoundsReached << " bounds reached\n"
                 << llvm::format(
                        "parse %.3f s, extract %.3f s, analyse %.3f s\n", Parse,
                        Extract, Analyse);
  }
};

void checkFile(const extract::CompileCommand &C, const CommandLine &Line,
               const engine::Options &Options, report::SourceText &Text,
               Outcome &Out) {
  extract::FrontendResult Front = extract::parseFile(
      C.File, C.Directory, C.Flags, models::builtinModel(), Line.Colour);
  Out.Parse = Front.ParseSeconds;
  Out.Extract = Front.ExtractSeconds;
  Out.Errors = Front.Errors;
  if (Front.Errors != 0)
    return;
  if (Line.EmitSkeleton)
    Out.Skeleton = ir::print(Front.Unit);
  else
    Out.Result = engine::analyse(std::move(Front.Unit), Options, Text);
}

} // namespace

Status check::wrong(const llvm::Twine &What) {
  llvm::errs() << "heddle-check: error: " << What << '\n';
  return Trouble;
}

Status check::checkFiles(const CommandLine &Line,
                         const engine::Options &Options) {
  llvm::Expected<Inputs> In = inputsOf(Line);
  if (!In)
    return wrong(llvm::toString(In.takeError()));
  report::SourceText Text;
  report::TextReport Report(llvm::outs(), llvm::errs(), Text);
  engine::Seen Seen;
  Totals Sum;
  bool HasCrashed = false;
  auto NotAnalysed = [&](const llvm::Twine &Why) {
    ++Sum.Failed;
    wrong(Why);
  };

  Report.begin();
  for (const std::string &Why : In->Unreadable)
    NotAnalysed(Why);
  for (const extract::CompileCommand &C : In->Commands) {
    ++Sum.Files;
    auto Out = std::make_unique<Outcome>();
    if (!runGuarded([&] { checkFile(C, Line, Options, Text, *Out); })) {
      NotAnalysed(C.File + ": internal error; not analysed");
      Out.release(); // half made
      HasCrashed = true;
      continue;
    }
    Sum.add(*Out);
    if (Out->Errors != 0)
      NotAnalysed(C.File + ": not analysed: " + llvm::Twine(Out->Errors) +
                  (Out->Errors == 1 ? " error" : " errors"));
    if (!Out->Result.Broken.empty())
      NotAnalysed(C.File +
                  ": internal error; not analysed: " + Out->Result.Broken);
    llvm::outs() << Out->Skeleton;
    for (const rules::Finding &F : Out->Result.Findings)
      if (Seen.insert(F, Out->Result.Files)) {
        ++Sum.Findings;
        Report.finding(F, Out->Result.Files);
      }
  }
  Report.end();
  if (Line.Stats)
    Sum.print();
  if (HasCrashed) {
    // LLVM's globals may still know of what has crashed: they are not torn
    // down.
    llvm::outs().flush();
    std::_Exit(Trouble);
  }
  return Sum.Failed ? Trouble : Sum.Findings ? SomeFindings : NoFindings;
}

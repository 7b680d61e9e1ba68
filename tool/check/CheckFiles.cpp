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
#include "models/ModelFile.h"
#include "report/TextReport.h"
#include "report/WitnessFiles.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace heddle;
using namespace heddle::check;

namespace {

/// What became of one file.
struct Outcome {
  unsigned Errors = 0; ///< the compiler's; without any, one of the two below
  std::string Emitted; ///< with an --emit option
  engine::Result Result;
};

void checkFile(const extract::CompileCommand &C, const CommandLine &Line,
               const engine::Options &Options, report::SourceText &Text,
               Outcome &Out) {
  extract::FrontendResult Front = extract::parseFile(
      C.File, C.Directory, C.Flags, models::builtinModel(), Line.Colour);
  Out.Errors = Front.Errors;
  if (Front.Errors == 0 && Line.Emit) {
    auto Printed = engine::emit(std::move(Front.Unit), *Line.Emit, Options);
    if (Printed)
      Out.Emitted = *Printed;
    else
      Out.Result.Broken = llvm::toString(Printed.takeError());
  } else if (Front.Errors == 0) {
    Out.Result = engine::analyse(std::move(Front.Unit), Options, Text);
  }
  Out.Result.Counts.Seconds.Parse = Front.ParseSeconds;
  Out.Result.Counts.Seconds.Extract = Front.ExtractSeconds;
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
  std::optional<report::WitnessFiles> Witnesses;
  if (!Line.WitnessFolder.empty()) {
    Witnesses.emplace(Line.WitnessFolder, Text);
    if (llvm::Error E = Witnesses->takeError())
      return wrong("--witness-svg: " + llvm::toString(std::move(E)));
  }
  engine::RunStats Run;
  bool HasCrashed = false, HasFailed = false, HasFound = false;
  auto NotAnalysed = [&](const llvm::Twine &Why) {
    HasFailed = true;
    wrong(Why);
  };

  Report.begin();
  Run.Unreadable = unsigned(In->Unreadable.size());
  for (const std::string &Why : In->Unreadable)
    NotAnalysed(Why);
  for (const extract::CompileCommand &C : In->Commands) {
    engine::RunStats::File &Ran = Run.Files.emplace_back();
    Ran.Name = C.File;
    auto Out = std::make_unique<Outcome>();
    if (!runGuarded([&] { checkFile(C, Line, Options, Text, *Out); })) {
      NotAnalysed(C.File + ": internal error; not analysed");
      Out.release(); // half made
      HasCrashed = true;
      continue;
    }
    if (Out->Errors != 0)
      NotAnalysed(C.File + ": not analysed: " + llvm::Twine(Out->Errors) +
                  (Out->Errors == 1 ? " error" : " errors"));
    if (!Out->Result.Broken.empty())
      NotAnalysed(C.File +
                  ": internal error; not analysed: " + Out->Result.Broken);
    Ran.IsAnalysed = Out->Errors == 0 && Out->Result.Broken.empty();
    llvm::outs() << Out->Emitted;
    unsigned Findings = 0;
    for (const rules::Finding &F : Out->Result.Findings)
      if (Seen.insert(F, Out->Result.Files)) {
        ++Findings;
        Report.finding(F, Out->Result.Files);
        if (Witnesses)
          Witnesses->finding(F, Out->Result.Files);
      }
    HasFound |= Findings != 0;
    Ran.Counts = Out->Result.Counts;
    Ran.Counts.Findings = Findings; // one in a header is told once
  }
  Report.end();
  if (Line.Stats == "json")
    llvm::errs() << llvm::formatv("{0:2}\n", Run.json());
  else if (!Line.Stats.empty())
    llvm::errs() << Run.text();
  if (Witnesses)
    if (llvm::Error E = Witnesses->takeError()) {
      wrong("--witness-svg: " + llvm::toString(std::move(E)));
      HasFailed = true;
    }
  if (HasCrashed) {
    // LLVM's globals may still know of what has crashed: they are not torn
    // down.
    llvm::outs().flush();
    std::_Exit(Trouble);
  }
  return HasFailed ? Trouble : HasFound ? SomeFindings : NoFindings;
}

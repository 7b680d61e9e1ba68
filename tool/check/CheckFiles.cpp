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
#include "ir/Verify.h"
#include "link/Linker.h"
#include "models/ModelFile.h"
#include "report/TextReport.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Timer.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace heddle;
using namespace heddle::check;

namespace {

/// What became of one file.
struct Outcome {
  unsigned Errors = 0; ///< the compiler's
  std::string Wrong;   ///< of skeleton text: what, and where
  std::vector<ir::Unit> Units;
  double Parse = 0, Extract = 0;
};

struct Totals {
  unsigned Files = 0, Failed = 0, Findings = 0, Programs = 0;
  engine::Stats All;
  double Parse = 0, Extract = 0, Link = 0;

  void add(const engine::Stats &S) {
    ++Programs;
    All.Functions += S.Functions;
    All.Silenced += S.Silenced;
    All.Exploration.Entries += S.Exploration.Entries;
    All.Exploration.States += S.Exploration.States;
    All.Exploration.BoundsReached += S.Exploration.BoundsReached;
    All.Summarise += S.Summarise;
    All.Explore += S.Explore;
    All.Rules += S.Rules;
    All.Seconds += S.Seconds;
  }

  void print() const {
    llvm::errs() << Files << " files, " << Failed << " not analysed, "
                 << Programs << " programs, " << All.Functions << " functions, "
                 << Findings << " findings, " << All.Silenced << " silenced\n"
                 << All.Exploration.Entries << " entries explored, "
                 << All.Exploration.States << " states, "
                 << All.Exploration.BoundsReached << " bounds reached\n"
                 << llvm::format("parse %.3f s, extract %.3f s, link %.3f s, "
                                 "analyse %.3f s: ",
                                 Parse, Extract, Link, All.Seconds)
                 << llvm::format("summarise %.3f s, explore %.3f s, "
                                 "rules %.3f s\n",
                                 All.Summarise, All.Explore, All.Rules);
  }
};

/// The way of all files through one run.
class Run {
public:
  Run(const CommandLine &Line, const engine::Options &Options)
      : Line(Line), Options(Options),
        Report(llvm::outs(), llvm::errs(), Text) {}

  Status run(const Inputs &In);

private:
  void notAnalysed(const llvm::Twine &Why) {
    ++Sum.Failed;
    Linker.addUnreadable();
    wrong(Why);
  }
  void read(const std::string &File, llvm::function_ref<void(Outcome &)> How);
  void take(ir::Unit Unit, const std::string &File);
  void analyse(ir::Unit Unit, const std::string &File);

  const CommandLine &Line;
  const engine::Options &Options;
  report::SourceText Text;
  report::TextReport Report;
  engine::Seen Seen;
  link::Linker Linker;
  Totals Sum;
  bool HasCrashed = false;
};

void parse(const extract::CompileCommand &C, bool Colour, Outcome &Out) {
  extract::FrontendResult Front = extract::parseFile(
      C.File, C.Directory, C.Flags, models::builtinModel(), Colour);
  Out.Parse = Front.ParseSeconds;
  Out.Extract = Front.ExtractSeconds;
  Out.Errors = Front.Errors;
  if (Front.Errors == 0)
    Out.Units.push_back(std::move(Front.Unit));
}

void readSkeleton(const std::string &File, Outcome &Out) {
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  if (!Buffer) {
    Out.Wrong = File + ": " + Buffer.getError().message();
    return;
  }
  auto Units = ir::parseUnits((*Buffer)->getBuffer(), File);
  if (Units)
    Out.Units = std::move(*Units);
  else
    Out.Wrong = llvm::toString(Units.takeError());
}

/// Reads one file and takes what is in it.
void Run::read(const std::string &File,
               llvm::function_ref<void(Outcome &)> How) {
  ++Sum.Files;
  auto Out = std::make_unique<Outcome>();
  if (!runGuarded([&] { How(*Out); })) {
    notAnalysed(File + ": internal error; not analysed");
    Out.release(); // half made
    HasCrashed = true;
    return;
  }
  Sum.Parse += Out->Parse;
  Sum.Extract += Out->Extract;
  if (Out->Errors != 0)
    notAnalysed(File + ": not analysed: " + llvm::Twine(Out->Errors) +
                (Out->Errors == 1 ? " error" : " errors"));
  if (!Out->Wrong.empty())
    notAnalysed(Out->Wrong);
  for (ir::Unit &U : Out->Units)
    take(std::move(U), File);
}

void Run::take(ir::Unit Unit, const std::string &File) {
  if (Line.EmitSkeleton) {
    llvm::outs() << ir::print(Unit);
    return;
  }
  if (Line.NoLink)
    return analyse(std::move(Unit), File);
  if (std::vector<ir::Complaint> Wrong = ir::verify(Unit); !Wrong.empty())
    return notAnalysed(File + ": internal error; not analysed: " +
                       Wrong.front().str(Unit));
  Linker.add(std::move(Unit));
}

/// File stands for what is analysed in messages.
void Run::analyse(ir::Unit Unit, const std::string &File) {
  auto Out = std::make_unique<engine::Result>();
  if (!runGuarded(
          [&] { *Out = engine::analyse(std::move(Unit), Options, Text); })) {
    notAnalysed(File + ": internal error; not analysed");
    Out.release();
    HasCrashed = true;
    return;
  }
  Sum.add(Out->Counts);
  if (!Out->Broken.empty())
    notAnalysed(File + ": internal error; not analysed: " + Out->Broken);
  for (const rules::Finding &F : Out->Findings)
    if (Seen.insert(F, Out->Files)) {
      ++Sum.Findings;
      Report.finding(F, Out->Files);
    }
}

Status Run::run(const Inputs &In) {
  Report.begin();
  for (const std::string &Why : In.Unreadable)
    notAnalysed(Why);
  for (const extract::CompileCommand &C : In.Commands)
    read(C.File, [&](Outcome &Out) { parse(C, Line.Colour, Out); });
  for (const std::string &File : In.Skeletons)
    read(File, [&](Outcome &Out) { readSkeleton(File, Out); });

  auto Programs = std::make_unique<std::vector<ir::Unit>>();
  llvm::TimeRecord Before = llvm::TimeRecord::getCurrentTime();
  if (!runGuarded([&] { *Programs = Linker.link(); })) {
    notAnalysed("internal error; the files cannot be linked; --no-link checks "
                "each by itself");
    Programs.release();
    Programs = std::make_unique<std::vector<ir::Unit>>();
    HasCrashed = true;
  }
  Sum.Link = llvm::TimeRecord::getCurrentTime().getWallTime() -
             Before.getWallTime();
  for (ir::Unit &Program : *Programs) {
    std::string File = Program.MainFile;
    if (Program.Linked > 1)
      File += " and what it is linked to";
    analyse(std::move(Program), File);
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
  return Run(Line, Options).run(*In);
}

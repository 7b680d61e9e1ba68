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
#include "report/WitnessFiles.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <cstdlib>

using namespace heddle;
using namespace heddle::check;

namespace {

/// What became of one file.
struct Outcome {
  unsigned Errors = 0; ///< the compiler's
  std::string Wrong;   ///< of skeleton text: what, and where
  std::vector<ir::Unit> Units;
  double Parse = 0, Extract = 0; ///< seconds
};

/// The way of all files through one run.
class Run {
public:
  Run(const CommandLine &Line, const engine::Options &Options)
      : Line(Line), Options(Options), Report(llvm::outs(), llvm::errs(), Text) {
  }

  Status run(const Inputs &In);

private:
  void notAnalysed(const llvm::Twine &Why) {
    HasFailed = true;
    Linker.addUnreadable();
    wrong(Why);
  }
  void read(const std::string &File, llvm::function_ref<void(Outcome &)> How,
            llvm::StringRef Hint = "");
  bool take(ir::Unit Unit, const std::string &File);
  void linkAll();
  void analyse(ir::Unit Unit, const std::string &File);
  void emit(ir::Unit Unit, const std::string &File);
  void report(const engine::Result &R);

  const CommandLine &Line;
  const engine::Options &Options;
  report::SourceText Text;
  report::TextReport Report;
  std::optional<report::WitnessFiles> Witnesses;
  engine::Seen Seen;
  link::Linker Linker;
  engine::RunStats Stats;
  bool HasFailed = false, HasFound = false, HasCrashed = false;
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

/// Reads one file and takes what is in it. Hint is for one that does not
/// compile.
void Run::read(const std::string &File, llvm::function_ref<void(Outcome &)> How,
               llvm::StringRef Hint) {
  engine::RunStats::File &Ran = Stats.Files.emplace_back();
  Ran.Name = File;
  auto Out = std::make_unique<Outcome>();
  if (!runGuarded([&] { How(*Out); })) {
    notAnalysed(File + ": internal error; not analysed");
    Out.release(); // half made
    HasCrashed = true;
    return;
  }
  Ran.Parse = Out->Parse;
  Ran.Extract = Out->Extract;
  if (Out->Errors != 0)
    notAnalysed(File + ": not analysed: " + llvm::Twine(Out->Errors) +
                (Out->Errors == 1 ? " error" : " errors") + Hint);
  if (!Out->Wrong.empty())
    notAnalysed(Out->Wrong);
  Ran.IsRead = Out->Errors == 0 && Out->Wrong.empty();
  for (ir::Unit &U : Out->Units)
    Ran.IsRead &= take(std::move(U), File);
}

/// False when Unit is not fit to be analysed.
bool Run::take(ir::Unit Unit, const std::string &File) {
  if (std::vector<ir::Complaint> Wrong = ir::verify(Unit); !Wrong.empty()) {
    notAnalysed(File +
                ": internal error; not analysed: " + Wrong.front().str(Unit));
    return false;
  }
  if (Line.Emit == engine::Stage::Skeleton)
    llvm::outs() << ir::print(Unit);
  else if (Line.NoLink)
    analyse(std::move(Unit), File);
  else
    Linker.add(std::move(Unit));
  return true;
}

void Run::linkAll() {
  auto Programs = std::make_unique<std::vector<ir::Unit>>();
  auto Start = std::chrono::steady_clock::now();
  if (!runGuarded([&] { *Programs = Linker.link(); })) {
    notAnalysed("internal error; the files cannot be linked; --no-link checks "
                "each by itself");
    Programs.release();
    HasCrashed = true;
    return;
  }
  Stats.Link =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - Start)
          .count();
  for (ir::Unit &Program : *Programs) {
    std::string File = Program.MainFile;
    if (Program.Linked > 1)
      File += " and what it is linked to";
    analyse(std::move(Program), File);
  }
}

/// File stands for what is analysed in messages.
void Run::analyse(ir::Unit Unit, const std::string &File) {
  if (Line.Emit)
    return emit(std::move(Unit), File);
  auto Out = std::make_unique<engine::Result>();
  if (!runGuarded(
          [&] { *Out = engine::analyse(std::move(Unit), Options, Text); })) {
    notAnalysed(File + ": internal error; not analysed");
    Out.release();
    HasCrashed = true;
    return;
  }
  if (!Out->Broken.empty())
    notAnalysed(File + ": internal error; not analysed: " + Out->Broken);
  Stats.Programs.push_back({File, Out->Counts});
  report(*Out);
}

void Run::report(const engine::Result &R) {
  unsigned Findings = 0;
  for (const rules::Finding &F : R.Findings)
    if (Seen.insert(F, R.Files)) {
      ++Findings;
      Report.finding(F, R.Files);
      if (Witnesses)
        Witnesses->finding(F, R.Files);
    }
  HasFound |= Findings != 0;
  // One in a header is told once.
  Stats.Programs.back().Counts.Findings = Findings;
}

void Run::emit(ir::Unit Unit, const std::string &File) {
  auto Printed = std::make_unique<std::string>();
  if (!runGuarded([&] {
        auto Text = engine::emit(std::move(Unit), *Line.Emit, Options);
        if (Text)
          *Printed = *Text;
        else
          notAnalysed(File + ": " + llvm::toString(Text.takeError()));
      })) {
    notAnalysed(File + ": internal error; not analysed");
    Printed.release();
    HasCrashed = true;
    return;
  }
  llvm::outs() << *Printed;
}

Status Run::run(const Inputs &In) {
  if (!Line.WitnessFolder.empty()) {
    Witnesses.emplace(Line.WitnessFolder, Text);
    if (llvm::Error E = Witnesses->takeError())
      return wrong("--witness-svg: " + llvm::toString(std::move(E)));
  }
  Report.begin();
  Stats.Unreadable = unsigned(In.Unreadable.size());
  for (const std::string &Why : In.Unreadable)
    notAnalysed(Why);
  for (const extract::CompileCommand &C : In.Commands)
    read(
        C.File, [&](Outcome &Out) { parse(C, Line.Colour, Out); },
        In.Guessed.contains(C.File)
            ? "; no compile_commands.json near it has it: give its flags "
              "behind --, or its build folder with -p"
            : "");
  for (const std::string &File : In.Skeletons)
    read(File, [&](Outcome &Out) { readSkeleton(File, Out); });
  linkAll();
  Report.end();

  if (Line.Stats == "json")
    llvm::errs() << llvm::formatv("{0:2}\n", Stats.json());
  else if (!Line.Stats.empty())
    llvm::errs() << Stats.text();
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

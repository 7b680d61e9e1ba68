//===- main.cpp - The engine over skeleton text -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: heddle-opt, for tests of everything behind extraction and for people
// who work on it. It reads skeletons as text, does one thing with them (a pass,
// or the rules) and prints what comes out. With --link it makes programs of
// them first.
//
//===----------------------------------------------------------------------===//

#include "engine/Emit.h"
#include "engine/Pipeline.h"
#include "ir/SkeletonText.h"
#include "link/Linker.h"
#include "report/TextReport.h"
#include "rules/Rule.h"
#include "summary/SummaryFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

namespace cl = llvm::cl;
using namespace heddle;

static cl::OptionCategory Category("heddle-opt options");
static cl::list<std::string> Files(cl::Positional, cl::OneOrMore,
                                   cl::desc("FILES... (- is stdin)"),
                                   cl::cat(Category));
static cl::opt<std::string> PassOption("pass", cl::value_desc("NAME"),
                                       cl::cat(Category),
                                       cl::desc("What to print:"));
static cl::opt<bool> RunRules("run-rules", cl::cat(Category),
                              cl::desc("Report what all checks find"));
static cl::opt<bool> Link("link", cl::cat(Category),
                          cl::desc("Link the units to programs first"));
static cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), cl::cat(Category),
                 cl::desc("Report what these find; globs as heddle-check's"));
static cl::opt<uint64_t>
    StepsOption("steps", cl::value_desc("N"), cl::cat(Category),
                cl::desc("Bound of the exploration's work, for each entry"));
static cl::opt<std::string> RuleOption("rule", cl::value_desc("RULE"),
                                       cl::cat(Category),
                                       cl::desc("Report what this one finds:"));

namespace {
struct Pass {
  llvm::StringLiteral Name;
  engine::Stage Stage;
  llvm::StringLiteral Help;
};
} // namespace

static constexpr Pass Passes[] = {
    {"print", engine::Stage::Skeleton, "the skeleton again, as text (default)"},
    {"verify", engine::Stage::Verified,
     "nothing; a skeleton that is wrong is said"},
    {"summary", engine::Stage::Summary,
     "the summaries of its functions; of a summary file, that file again"},
    {"network", engine::Stage::Network,
     "the task network of each entry, as DOT"},
    {"explore", engine::Stage::Exploration,
     "each entry's states and bounds, each fault and how it comes"}};

static int wrong(const llvm::Twine &What) {
  llvm::errs() << ("heddle-opt: error: " + What + "\n").str();
  return 2;
}

/// The passes and rules by name, behind the options that take them.
static void completeHelp(std::string &PassHelp, std::string &RuleHelp) {
  PassHelp = PassOption.HelpStr.str();
  for (const Pass &P : Passes)
    PassHelp += "\n  " + P.Name.str() + ": " + P.Help.str();
  PassOption.setDescription(PassHelp);
  RuleHelp = RuleOption.HelpStr.str();
  for (const rules::Rule *R : rules::allRules())
    RuleHelp += "\n  " + R->Id.drop_front(sizeof("heddle-") - 1).str();
  RuleOption.setDescription(RuleHelp);
}

int main(int Argc, const char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "heddle-opt " HEDDLE_VERSION "\nbuilt with LLVM " LLVM_VERSION_STRING
          "\n";
  });
  std::string PassHelp, RuleHelp;
  completeHelp(PassHelp, RuleHelp);
  if (!cl::ParseCommandLineOptions(
          Argc, Argv, "heddle-opt: the engine over skeleton text\n",
          &llvm::errs()))
    return 2;
  llvm::errs().tie(&llvm::outs());
  llvm::outs().enable_colors(llvm::outs().is_displayed());

  engine::Options Options;
  Options.Checks += "," + ChecksOption;
  if (StepsOption.getNumOccurrences())
    Options.Bounds.Steps = Options.Bounds.UnitSteps = StepsOption;
  if (!RuleOption.empty()) {
    const rules::Rule *R = rules::findRule(RuleOption);
    if (!R)
      return wrong("--rule: there is no check '" + RuleOption + "'");
    Options.Checks = R->Id.str();
  }
  std::string Name = PassOption.empty() ? "print" : PassOption.getValue();
  const auto *Pass =
      llvm::find_if(Passes, [&](const ::Pass &P) { return P.Name == Name; });
  if (Pass == std::end(Passes))
    return wrong("--pass: there is no pass '" + Name + "'");
  bool IsForRules = RunRules || !ChecksOption.empty() || !RuleOption.empty();
  if (IsForRules && !PassOption.empty())
    return wrong("a pass or the checks, not both");

  report::SourceText Text;
  report::TextReport Report(llvm::outs(), llvm::errs(), Text);
  bool Failed = false, Found = false;
  auto Print = [&](llvm::Expected<std::string> Made) {
    if (Made)
      llvm::outs() << *Made;
    else
      wrong(llvm::toString(Made.takeError()));
    Failed |= !Made;
  };
  std::vector<ir::Unit> Units;
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFileOrSTDIN(File, /*IsText=*/true);
    if (!Buffer) {
      wrong(File + ": " + Buffer.getError().message());
      Failed = true;
      continue;
    }
    llvm::StringRef Content = (*Buffer)->getBuffer();
    if (Pass->Stage == engine::Stage::Summary &&
        summary::isSummaryFile(Content)) {
      auto Summaries = summary::parse(Content, File);
      Print(Summaries ? summary::print(*Summaries)
                      : llvm::Expected<std::string>(Summaries.takeError()));
      continue;
    }
    auto Read = ir::parseUnits(Content, File);
    if (!Read) {
      Print(Read.takeError());
      continue;
    }
    for (ir::Unit &U : *Read)
      Units.push_back(std::move(U));
  }
  if (Link) {
    link::Linker Linker;
    if (Failed)
      Linker.addUnreadable();
    for (ir::Unit &U : Units)
      Linker.add(std::move(U));
    Units = Linker.link();
  }

  Report.begin();
  for (ir::Unit &U : Units) {
    if (!IsForRules) {
      Print(engine::emit(std::move(U), Pass->Stage, Options));
      continue;
    }
    engine::Result R = engine::analyse(std::move(U), Options, Text);
    for (const rules::Finding &F : R.Findings)
      Report.finding(F, R.Files);
    Found |= !R.Findings.empty();
  }
  Report.end();
  return Failed ? 2 : Found ? 1 : 0;
}

//===- main.cpp - The engine over skeleton text -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: heddle-opt, for tests of everything behind extraction and for people
// who work on it. It reads skeletons as text, does one thing with them (a pass,
// or the rules) and prints what comes out.
//
//===----------------------------------------------------------------------===//

#include "Passes.h"
#include "engine/Checks.h"
#include "engine/Pipeline.h"
#include "ir/SkeletonText.h"
#include "report/TextReport.h"
#include "rules/Rule.h"
#include "llvm/ADT/STLExtras.h"
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
static cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), cl::cat(Category),
                 cl::desc("Report what these find; globs as heddle-check's"));
static cl::opt<std::string>
    RuleOption("rule", cl::value_desc("RULE"), cl::cat(Category),
               cl::desc("Report what this one finds:"));

static int wrong(const llvm::Twine &What) {
  llvm::errs() << ("heddle-opt: error: " + What + "\n").str();
  return 2;
}

/// The passes and rules by name, behind the options that take them.
static void completeHelp(std::string &PassHelp, std::string &RuleHelp) {
  PassHelp = PassOption.HelpStr.str();
  for (const opt::Pass &P : opt::passes())
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
  if (!RuleOption.empty()) {
    const rules::Rule *R = rules::findRule(RuleOption);
    if (!R)
      return wrong("--rule: there is no check '" + RuleOption + "'");
    Options.Checks = R->Id.str();
  }
  std::string Name = PassOption.empty() ? "print" : PassOption.getValue();
  const opt::Pass *Pass = llvm::find_if(
      opt::passes(), [&](const opt::Pass &P) { return P.Name == Name; });
  if (Pass == opt::passes().end())
    return wrong("--pass: there is no pass '" + Name + "'");
  bool IsForRules =
      RunRules || !ChecksOption.empty() || !RuleOption.empty();
  if (IsForRules && !PassOption.empty())
    return wrong("a pass or the checks, not both");

  report::SourceText Text;
  report::TextReport Report(llvm::outs(), llvm::errs(), Text);
  bool Failed = false, Found = false;
  Report.begin();
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFileOrSTDIN(File, /*IsText=*/true);
    if (!Buffer) {
      wrong(File + ": " + Buffer.getError().message());
      Failed = true;
      continue;
    }
    if (!IsForRules) {
      auto Printed =
          opt::run(*Pass, (*Buffer)->getBuffer(), File, Options);
      if (Printed)
        llvm::outs() << *Printed;
      else
        llvm::errs() << llvm::toString(Printed.takeError()) << '\n';
      Failed |= !Printed;
      continue;
    }
    llvm::Expected<ir::Unit> Unit = ir::parse((*Buffer)->getBuffer(), File);
    if (!Unit) {
      llvm::errs() << llvm::toString(Unit.takeError()) << '\n';
      Failed = true;
      continue;
    }
    engine::Result R = engine::analyse(std::move(*Unit), Options, Text);
    for (const rules::Finding &F : R.Findings)
      Report.finding(F, R.Files);
    Found |= !R.Findings.empty();
  }
  Report.end();
  return Failed ? 2 : Found ? 1 : 0;
}

//===- main.cpp - The checker over skeleton text ------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: heddle-opt, for tests of everything behind extraction. It reads
// skeletons as text, verifies them and prints them again; with --run-rules it
// analyses them instead and reports as heddle-check does. With --link it makes
// programs of them first.
//
//===----------------------------------------------------------------------===//

#include "engine/Pipeline.h"
#include "ir/SkeletonText.h"
#include "link/Linker.h"
#include "report/TextReport.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

namespace cl = llvm::cl;
using namespace heddle;

static cl::OptionCategory Category("heddle-opt options");
static cl::list<std::string> Files(cl::Positional, cl::OneOrMore,
                                   cl::desc("FILES... (- is stdin)"),
                                   cl::cat(Category));
static cl::opt<bool> RunRules("run-rules", cl::cat(Category),
                              cl::desc("Report what the checks find"));
static cl::opt<bool> Link("link", cl::cat(Category),
                          cl::desc("Link the units to programs first"));
static cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), cl::cat(Category),
                 cl::desc("Which checks are on, as in heddle-check"));

int main(int Argc, const char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  cl::HideUnrelatedOptions(Category);
  if (!cl::ParseCommandLineOptions(Argc, Argv, "heddle-opt: skeleton text\n",
                                   &llvm::errs()))
    return 2;
  llvm::errs().tie(&llvm::outs());
  llvm::outs().enable_colors(llvm::outs().is_displayed());
  engine::Options Options;
  Options.Checks += "," + ChecksOption;
  report::SourceText Text;
  report::TextReport Report(llvm::outs(), llvm::errs(), Text);
  bool Failed = false, Found = false;
  std::vector<ir::Unit> Units;
  for (const std::string &File : Files) {
    auto Buffer = llvm::MemoryBuffer::getFileOrSTDIN(File, /*IsText=*/true);
    if (!Buffer) {
      llvm::errs() << "heddle-opt: error: " << File << ": "
                   << Buffer.getError().message() << '\n';
      Failed = true;
      continue;
    }
    auto Read = ir::parseUnits((*Buffer)->getBuffer(), File);
    if (!Read) {
      llvm::errs() << llvm::toString(Read.takeError()) << '\n';
      Failed = true;
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
    if (!RunRules) {
      llvm::outs() << ir::print(U);
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

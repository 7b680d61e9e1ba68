//===- CommandLine.cpp - heddle-check's options -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace heddle::check;

static cl::OptionCategory Category("heddle-check options");

static cl::list<std::string> Files(cl::Positional, cl::desc("FILES... [-- FLAGS]"),
                                   cl::cat(Category));
static cl::opt<std::string>
    BuildPath("p", cl::value_desc("BUILD"), cl::cat(Category),
              cl::desc("Folder of a compile_commands.json. Without FILES, all "
                       "files in it are read"));
static cl::opt<std::string>
    ChecksOption("checks", cl::value_desc("GLOBS"), cl::cat(Category),
                 cl::desc("Which checks are on, as clang-tidy has it: globs "
                          "separated by commas, '-' in front takes away, the "
                          "last that matches decides. Default: heddle-*"));
static cl::opt<bool> ListChecks("list-checks", cl::cat(Category),
                                cl::desc("List the checks that are on"));
static cl::opt<std::string>
    Explain("explain", cl::value_desc("RULE"), cl::cat(Category),
            cl::desc("What a check reports, why, and how to silence it"));
static cl::opt<bool> EmitSkeleton(
    "emit-skeleton", cl::cat(Category),
    cl::desc("Print what the checks see of the files, and check nothing"));
static cl::opt<bool> Stats("stats", cl::cat(Category),
                           cl::desc("Print times and counts to stderr"));

enum class Colour { Auto, Always, Never };
static cl::opt<Colour> ColourOption(
    "color", cl::cat(Category), cl::init(Colour::Auto),
    cl::desc("Colour the output (default: on a terminal)"),
    cl::values(clEnumValN(Colour::Auto, "auto", "on a terminal"),
               clEnumValN(Colour::Always, "always", "always"),
               clEnumValN(Colour::Never, "never", "never")));

static constexpr char Overview[] =
    "heddle-check: finds misuse of concurrency in C++\n\n"
    "  heddle-check FILES... -- FLAGS      the compiler's flags after --\n"
    "  heddle-check -p BUILD [FILES...]    flags from a compile database\n\n"
    "Exit status: 0 no findings, 1 findings, 2 wrong usage or a file that could "
    "not be analysed.\n";

std::optional<CommandLine> heddle::check::readCommandLine(int Argc,
                                                          const char **Argv) {
  CommandLine Line;
  for (int I = 1; I < Argc; ++I)
    if (llvm::StringRef(Argv[I]) == "--") {
      Line.Flags.emplace(Argv + I + 1, Argv + Argc);
      Argc = I;
    }

  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "heddle-check " HEDDLE_VERSION "\n"
       << "built with LLVM " LLVM_VERSION_STRING "\n";
  });
  std::string Errors;
  llvm::raw_string_ostream ErrorStream(Errors);
  if (!cl::ParseCommandLineOptions(Argc, Argv, Overview, &ErrorStream)) {
    llvm::errs() << Errors;
    return std::nullopt;
  }
  Line.Files.assign(Files.begin(), Files.end());
  Line.BuildPath = BuildPath;
  Line.Checks = ChecksOption;
  Line.Explain = Explain;
  Line.ListChecks = ListChecks;
  Line.EmitSkeleton = EmitSkeleton;
  Line.Stats = Stats;
  Line.Colour = ColourOption == Colour::Always ||
                (ColourOption == Colour::Auto && llvm::outs().is_displayed());
  if (Line.Flags && !Line.BuildPath.empty()) {
    llvm::errs() << "heddle-check: error: both -p and -- FLAGS: the flags come "
                    "from one of them\n";
    return std::nullopt;
  }
  return Line;
}

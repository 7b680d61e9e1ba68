//===- CommandLine.cpp - heddle-check's options --------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A table of its own and not llvm::cl: the compiler's libraries register their
// options there, --color and --stats among them, and would have ours too.
//
//===----------------------------------------------------------------------===//

#include "CommandLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace heddle;
using namespace heddle::check;
using llvm::StringRef;

namespace {

struct Option {
  StringRef Name;
  StringRef Value; ///< what its value is called; empty when it takes none
  StringRef Help;
  bool IsOptional = false; ///< the value, which must follow a '=' then
};

constexpr Option Options[] = {
    {"p", "BUILD",
     "folder of a compile_commands.json; without FILES all its files are read"},
    {"checks", "GLOBS",
     "which checks are on, as in clang-tidy: globs separated by commas, '-' in "
     "front takes away, the last that matches decides; put behind 'heddle-*'"},
    {"list-checks", "", "list the checks that are on"},
    {"explain", "RULE", "what a check reports, why, and how to silence it"},
    {"no-link", "", "check each file by itself, as if there were no others"},
    {"emit-skeleton", "",
     "print what the checks see of each file, and check nothing; FILES may "
     "be such prints (*.skel)"},
    {"emit-summary", "",
     "the same for what the program's functions do to their callers"},
    {"emit-network", "",
     "the same for who starts whom and shares what, as DOT"},
    {"witness-svg", "DIR",
     "for every finding that has an interleaving, draw it in this folder"},
    {"stats", "FORM",
     "print counts, bounds reached and times to stderr: text (the default) or "
     "json",
     /*IsOptional=*/true},
    {"color", "WHEN", "auto (on a terminal, the default), always, never"},
    {"version", "", "print the version"},
    {"help", "", "print this"}};

void printHelp() {
  llvm::outs()
      << "heddle-check: finds misuse of concurrency in C++\n\n"
         "  heddle-check FILES... -- FLAGS      the compiler's flags after --\n"
         "  heddle-check -p BUILD [FILES...]    flags from a compile "
         "database\n\n"
         "Options:\n";
  for (const Option &O : Options) {
    std::string Usage = (O.Name.size() == 1 ? "-" : "--") + O.Name.str();
    if (O.IsOptional)
      Usage += "[=" + O.Value.str() + "]";
    else if (!O.Value.empty())
      Usage += (O.Name.size() == 1 ? " " : "=") + O.Value.str();
    llvm::outs() << "  " << llvm::left_justify(Usage, 18) << O.Help << '\n';
  }
  llvm::outs()
      << "\nExit status: 0 no findings, 1 findings, 2 wrong usage or a "
         "file that could not be analysed.\n";
}

std::nullopt_t wrong(const llvm::Twine &What) {
  llvm::errs() << ("heddle-check: error: " + What +
                   "; --help lists the options\n")
                      .str();
  return std::nullopt;
}

/// Sets what option Name stands for. False when the value is none of its.
bool apply(CommandLine &Line, StringRef Name, StringRef Value) {
  if (Name == "p")
    Line.BuildPath = Value.str();
  else if (Name == "checks")
    Line.Checks += (Line.Checks.empty() ? "" : ",") + Value.str();
  else if (Name == "list-checks")
    Line.ListChecks = true;
  else if (Name == "explain")
    Line.Explain = Value.str();
  else if (Name == "emit-skeleton")
    Line.Emit = engine::Stage::Skeleton;
  else if (Name == "emit-summary")
    Line.Emit = engine::Stage::Summary;
  else if (Name == "emit-network")
    Line.Emit = engine::Stage::Network;
  else if (Name == "no-link")
    Line.NoLink = true;
  else if (Name == "witness-svg" && !Value.empty())
    Line.WitnessFolder = Value.str();
  else if (Name == "stats" &&
           (Value.empty() || Value == "text" || Value == "json"))
    Line.Stats = Value.empty() ? "text" : Value.str();
  else if (Name == "stats" || Name == "witness-svg")
    return false;
  else if (Name == "color" && (Value == "always" || Value == "never"))
    Line.Colour = Value == "always";
  else if (Name == "color" && Value != "auto")
    return false;
  return true;
}

} // namespace

std::optional<CommandLine> heddle::check::readCommandLine(int Argc,
                                                          const char **Argv) {
  CommandLine Line;
  Line.Colour = llvm::outs().is_displayed();
  for (int I = 1; I < Argc; ++I) {
    StringRef Word = Argv[I];
    if (Word == "--") {
      Line.Flags.emplace(Argv + I + 1, Argv + Argc);
      break;
    }
    if (!Word.starts_with("-") || Word == "-") {
      Line.Files.push_back(Word.str());
      continue;
    }
    auto [Name, Value] = Word.ltrim('-').split('=');
    const Option *O = llvm::find_if(
        Options, [&, Name = Name](const Option &X) { return X.Name == Name; });
    if (O == std::end(Options))
      return wrong("unknown option '" + Word + "'");
    if (O->Value.empty() && Word.contains('='))
      return wrong("'--" + Name + "' takes no value");
    if (!O->Value.empty() && !O->IsOptional && !Word.contains('=')) {
      if (I + 1 == Argc)
        return wrong("'" + Word + "' needs a value: " + O->Value);
      Value = Argv[++I];
    }
    if (Name == "help" || Name == "version") {
      if (Name == "help")
        printHelp();
      else
        llvm::outs() << "heddle-check " HEDDLE_VERSION
                        "\nbuilt with LLVM " LLVM_VERSION_STRING "\n";
      std::exit(0);
    }
    if (!apply(Line, Name, Value))
      return wrong("'" + Value + "' is no value for '--" + Name + "'");
  }
  if (Line.Flags && !Line.BuildPath.empty())
    return wrong("both -p and -- FLAGS: the flags come from one of them");
  return Line;
}

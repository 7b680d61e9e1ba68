//===- CompileCommands.cpp - How files are compiled ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/CompileCommands.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace heddle::extract;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static std::string absolute(llvm::StringRef File, llvm::StringRef Directory) {
  llvm::SmallString<256> Path;
  if (!path::is_absolute(File))
    Path = Directory;
  path::append(Path, File);
  fs::make_absolute(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

static bool isCOrCpp(llvm::StringRef File) {
  llvm::StringRef Ending = path::extension(File);
  return !Ending.equals_insensitive(".s") && Ending != ".asm" &&
         Ending != ".cu" && Ending != ".f90";
}

static llvm::Error error(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Expected<std::vector<CompileCommand>>
heddle::extract::readCompileCommands(llvm::StringRef Where) {
  llvm::SmallString<256> Path(Where);
  if (!fs::exists(Where))
    return error(Where + ": no such file or directory; -p takes the folder of "
                         "a compile_commands.json");
  if (fs::is_directory(Where))
    path::append(Path, "compile_commands.json");
  if (!fs::exists(Path))
    return error(Path + ": no such file (cmake writes it with "
                        "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON)");
  std::string Message;
  auto Database = clang::tooling::JSONCompilationDatabase::loadFromFile(
      Path, Message, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Database)
    return error(
        Path + ": not a compile database: " + llvm::StringRef(Message).trim());

  std::vector<CompileCommand> Commands;
  llvm::StringSet<> Known;
  for (const clang::tooling::CompileCommand &C :
       Database->getAllCompileCommands()) {
    std::string File = absolute(C.Filename, C.Directory);
    if (!isCOrCpp(File) || !Known.insert(File).second)
      continue;
    CompileCommand &New = Commands.emplace_back();
    New.File = File;
    New.Directory = C.Directory;
    for (size_t I = 1; I < C.CommandLine.size(); ++I) {
      const std::string &A = C.CommandLine[I];
      bool IsInput = !llvm::StringRef(A).starts_with("-") &&
                     absolute(A, C.Directory) == File;
      if (!IsInput && A != "--")
        New.Flags.push_back(A);
    }
  }
  return Commands;
}

std::string heddle::extract::findCompileCommands(llvm::StringRef File) {
  llvm::SmallString<256> Folder(absolute(File, ""));
  while (path::has_parent_path(Folder)) {
    path::remove_filename(Folder);
    llvm::SmallString<256> Candidate(Folder);
    path::append(Candidate, "compile_commands.json");
    if (fs::exists(Candidate))
      return Folder.str().str();
  }
  return "";
}

const CompileCommand *
heddle::extract::commandFor(llvm::StringRef File,
                            const std::vector<CompileCommand> &Commands) {
  std::string Wanted = absolute(File, "");
  for (const CompileCommand &C : Commands)
    if (C.File == Wanted)
      return &C;
  // A link on the way to it, perhaps.
  for (const CompileCommand &C : Commands)
    if (path::filename(C.File) == path::filename(Wanted) &&
        fs::equivalent(C.File, Wanted))
      return &C;
  return nullptr;
}

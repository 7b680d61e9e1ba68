//===- Inputs.cpp - What heddle-check is to read ------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inputs.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace heddle;
using namespace heddle::check;
using extract::CompileCommand;
namespace fs = llvm::sys::fs;

/// Empty when the file can be read.
static std::string whyUnreadable(llvm::StringRef File) {
  fs::file_status Status;
  if (std::error_code EC = fs::status(File, Status))
    return (File + ": " + EC.message()).str();
  if (fs::is_directory(Status))
    return (File +
            ": is a directory, not a file; -p BUILD reads all files of a "
            "compile database")
        .str();
  if (std::error_code EC = fs::access(File, fs::AccessMode::Exist))
    return (File + ": " + EC.message()).str();
  return "";
}

static std::string currentFolder() {
  llvm::SmallString<256> Folder;
  fs::current_path(Folder);
  return Folder.str().str();
}

/// What stands behind --, when it is a whole command line: without the
/// compiler, and without File.
static std::vector<std::string> flagsAmong(llvm::ArrayRef<std::string> Words,
                                           llvm::StringRef File) {
  if (!Words.empty() && !llvm::StringRef(Words[0]).starts_with("-") &&
      llvm::sys::findProgramByName(Words[0]))
    Words = Words.drop_front();
  std::vector<std::string> Flags;
  for (const std::string &Word : Words)
    if (Word != File)
      Flags.push_back(Word);
  return Flags;
}

/// The command of File, in the database given or the one nearest to it.
static llvm::Expected<CompileCommand>
commandOf(const std::string &File, const CommandLine &Line,
          const std::vector<CompileCommand> &Database, bool &IsGuessed) {
  if (Line.Flags)
    return CompileCommand{File, currentFolder(), flagsAmong(*Line.Flags, File)};
  if (!Line.BuildPath.empty()) {
    if (const CompileCommand *C = extract::commandFor(File, Database))
      return CompileCommand{File, C->Directory, C->Flags};
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "%s: not in the compile database of '%s'",
                                   File.c_str(), Line.BuildPath.c_str());
  }
  std::string Near = extract::findCompileCommands(File);
  if (!Near.empty()) {
    auto Commands = extract::readCompileCommands(Near);
    if (!Commands)
      return Commands.takeError();
    if (const CompileCommand *C = extract::commandFor(File, *Commands))
      return CompileCommand{File, C->Directory, C->Flags};
  }
  IsGuessed = true;
  std::vector<std::string> Flags;
  if (llvm::sys::path::extension(File) != ".c")
    Flags.push_back("-std=c++20");
  return CompileCommand{File, currentFolder(), std::move(Flags)};
}

llvm::Expected<Inputs> check::inputsOf(const CommandLine &Line) {
  Inputs In;
  std::vector<CompileCommand> Database;
  if (!Line.BuildPath.empty()) {
    auto Commands = extract::readCompileCommands(Line.BuildPath);
    if (!Commands)
      return Commands.takeError();
    Database = std::move(*Commands);
  } else if (Line.Files.empty()) {
    return llvm::createStringError(
        llvm::inconvertibleErrorCode(),
        "no files; heddle-check FILES... -- FLAGS, or heddle-check -p BUILD");
  }
  llvm::StringSet<> Taken;
  auto IsNew = [&](llvm::StringRef File) {
    llvm::SmallString<256> Real;
    return !fs::real_path(File, Real) && Taken.insert(Real).second;
  };
  auto Add = [&](CompileCommand C) {
    std::string Why = whyUnreadable(C.File);
    if (Why.empty() && !fs::is_directory(C.Directory))
      Why = C.File + ": its compile command's folder '" + C.Directory +
            "' is not there";
    if (!Why.empty())
      In.Unreadable.push_back(Why);
    else if (IsNew(C.File))
      In.Commands.push_back(std::move(C));
  };
  if (Line.Files.empty()) {
    if (Database.empty())
      return llvm::createStringError(
          llvm::inconvertibleErrorCode(),
          "%s: no C or C++ file is in this compile database",
          Line.BuildPath.c_str());
    for (CompileCommand &C : Database)
      Add(std::move(C));
  }
  for (const std::string &File : Line.Files) {
    std::string Why = whyUnreadable(File);
    if (!Why.empty()) {
      In.Unreadable.push_back(Why);
      continue;
    }
    if (llvm::StringRef(File).ends_with(".skel")) {
      In.Skeletons.push_back(File);
      continue;
    }
    bool IsGuessed = false;
    llvm::Expected<CompileCommand> C =
        commandOf(File, Line, Database, IsGuessed);
    if (C) {
      // The command's folder is where it runs; the name was meant from here.
      llvm::SmallString<256> Path(File);
      if (C->Directory != currentFolder())
        fs::make_absolute(Path);
      C->File = Path.str().str();
      if (IsGuessed)
        In.Guessed.insert(C->File);
      Add(std::move(*C));
    } else {
      In.Unreadable.push_back(llvm::toString(C.takeError()));
    }
  }
  return In;
}

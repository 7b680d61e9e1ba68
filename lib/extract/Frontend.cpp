//===- Frontend.cpp - From a source file to a skeleton ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Frontend.h"
#include "extract/Extractor.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendDiagnostic.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <chrono>

using namespace clang;
using namespace heddle::extract;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point Start) {
  return std::chrono::duration<double>(Clock::now() - Start).count();
}

bool isWithinStd(const DeclContext *C) {
  for (; C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

/// A function of the standard library by which std::make_unique and its like
/// come to the constructor of the user's class. Only by its body is the one of
/// a template instantiated. Where a library calls them something else, what
/// they make is not followed.
bool makesWhatItIsGiven(const Decl *D) {
  static const llvm::StringSet<> Functions = {"make_unique",
                                              "make_shared",
                                              "allocate_shared",
                                              "construct",
                                              "construct_at",
                                              "_Construct",
                                              "__construct_at",
                                              "_M_create_node",
                                              "_M_insert",
                                              "_M_construct",
                                              "_M_construct_node",
                                              "_M_allocate_node",
                                              "_M_emplace_unique",
                                              "_M_emplace_equal",
                                              "_M_emplace_hint_unique",
                                              "_M_emplace",
                                              "emplace",
                                              "emplace_back",
                                              "emplace_front",
                                              "emplace_hint",
                                              "__create_node",
                                              "__construct_node",
                                              "__construct_node_hash",
                                              "__emplace_unique_key_args",
                                              "__emplace_unique_impl",
                                              "__construct_one_at_end",
                                              "__emplace_back_slow_path",
                                              "try_emplace"};
  static const llvm::StringSet<> Classes = {
      "shared_ptr",          "__shared_ptr",
      "__shared_count",      "_Sp_counted_ptr_inplace",
      "_Auto_node",          "_Scoped_node",
      "__shared_ptr_emplace"};
  const auto *F = dyn_cast_or_null<NamedDecl>(D);
  if (!F || !isWithinStd(F->getDeclContext()))
    return false;
  if (const auto *T = dyn_cast<FunctionTemplateDecl>(F))
    F = T->getTemplatedDecl();
  if (const auto *C = dyn_cast<CXXConstructorDecl>(F))
    return Classes.contains(C->getParent()->getName());
  return F->getIdentifier() && Functions.contains(F->getName());
}

class Consumer : public ASTConsumer {
public:
  Consumer(FrontendResult &Result, const heddle::models::Model &M)
      : Result(Result), M(M) {}

  void Initialize(ASTContext &Context) override { Ctx = &Context; }

  bool shouldSkipFunctionBody(Decl *D) override {
    return Ctx->getSourceManager().isInSystemHeader(D->getLocation()) &&
           !makesWhatItIsGiven(D);
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    // Half a program has findings of its own that mean nothing.
    if (Context.getDiagnostics().hasErrorOccurred())
      return;
    Clock::time_point Start = Clock::now();
    Result.Unit = extractUnit(Context, M);
    Result.ExtractSeconds = secondsSince(Start);
  }

private:
  FrontendResult &Result;
  const heddle::models::Model &M;
  ASTContext *Ctx = nullptr;
};

class Action : public ASTFrontendAction {
public:
  Action(FrontendResult &Result, const heddle::models::Model &M)
      : Result(Result), M(M) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    // No "2 errors generated." of the compiler's own: faces say the number.
    CI.getDiagnosticOpts().ShowCarets = false;
    return true;
  }
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(Result, M);
  }

private:
  FrontendResult &Result;
  const heddle::models::Model &M;
};

/// Flags that write files or make warnings errors; the operand that follows
/// one of WithOperand goes too.
std::vector<std::string> readOnly(llvm::ArrayRef<std::string> Flags) {
  static constexpr llvm::StringLiteral WithOperand[] = {"-MF", "-MT", "-MQ",
                                                        "-MJ", "-o"};
  static constexpr llvm::StringLiteral Joined[] = {
      "-MF", "-MT", "-MQ", "-MJ", "-Werror", "-save-temps", "-o"};
  static constexpr llvm::StringLiteral Whole[] = {"-M",
                                                  "-MM",
                                                  "-MD",
                                                  "-MMD",
                                                  "-MP",
                                                  "-MG",
                                                  "-MV",
                                                  "-c",
                                                  "-S",
                                                  "-E",
                                                  "-pedantic-errors",
                                                  "-fsyntax-only"};
  std::vector<std::string> Kept;
  for (size_t I = 0; I < Flags.size(); ++I) {
    llvm::StringRef F = Flags[I];
    if (llvm::is_contained(WithOperand, F)) {
      ++I;
      continue;
    }
    bool Drop = llvm::is_contained(Whole, F);
    for (llvm::StringRef Start : Joined)
      Drop |= F.starts_with(Start) && !F.starts_with("-objc");
    if (!Drop)
      Kept.push_back(Flags[I]);
  }
  return Kept;
}

std::vector<std::string> commandLine(llvm::StringRef File,
                                     llvm::ArrayRef<std::string> Flags) {
  bool IsC = llvm::sys::path::extension(File) == ".c";
  std::vector<std::string> Line = {IsC ? "clang" : "clang++", "-fsyntax-only"};
  bool HasResources = false;
  for (const std::string &F : readOnly(Flags)) {
    HasResources |= llvm::StringRef(F).starts_with("-resource-dir");
    Line.push_back(F);
  }
  if (!HasResources)
    Line.push_back("-resource-dir=" HEDDLE_RESOURCE_DIR);
  // The compiler's warnings are the compiler's; unused flags are no news.
  Line.insert(Line.end(), {"-w", "-Qunused-arguments", "--", File.str()});
  return Line;
}

/// Prints the compiler's errors, and in place of the one that shows all of its
/// internal commands another.
class ErrorPrinter : public TextDiagnosticPrinter {
public:
  using TextDiagnosticPrinter::TextDiagnosticPrinter;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    if (Info.getID() != diag::err_fe_expected_compiler_job)
      return TextDiagnosticPrinter::HandleDiagnostic(Level, Info);
    DiagnosticConsumer::HandleDiagnostic(Level, Info); // counts it
    llvm::errs() << "error: with these flags the compiler does not compile "
                    "this one file: is another file among them?\n";
  }
};

/// Names relative to Directory become ones that can be opened from here.
void relocate(heddle::ir::Unit &Unit, llvm::StringRef Directory) {
  llvm::SmallString<256> Here;
  if (llvm::sys::fs::current_path(Here) || Here == Directory)
    return;
  auto Fix = [&](std::string &Name) {
    if (Name.empty() || llvm::sys::path::is_absolute(Name) || Name[0] == '<')
      return;
    llvm::SmallString<256> Path(Directory);
    llvm::sys::path::append(Path, Name);
    Name = Path.str().str();
  };
  Fix(Unit.MainFile);
  for (std::string &Name : Unit.Files)
    Fix(Name);
}

} // namespace

FrontendResult
heddle::extract::parseFile(llvm::StringRef File, llvm::StringRef Directory,
                           llvm::ArrayRef<std::string> CommandLine,
                           const models::Model &M, bool Colour) {
  Clock::time_point Start = Clock::now();
  FrontendResult Result;
  // A file system with a working directory of its own: other files may be
  // parsed in other folders at the same time.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Disk =
      llvm::vfs::createPhysicalFileSystem();
  Disk->setCurrentWorkingDirectory(Directory);
  llvm::IntrusiveRefCntPtr<FileManager> Files(
      new FileManager(FileSystemOptions(), Disk));

#if CLANG_VERSION_MAJOR >= 21
  DiagnosticOptions Style;
  Style.ShowColors = Colour;
  ErrorPrinter Printer(llvm::errs(), Style);
#else
  llvm::IntrusiveRefCntPtr<DiagnosticOptions> Style(new DiagnosticOptions);
  Style->ShowColors = Colour;
  ErrorPrinter Printer(llvm::errs(), Style.get());
#endif
  tooling::ToolInvocation Run(commandLine(File, CommandLine),
                              std::make_unique<Action>(Result, M), Files.get());
  Run.setDiagnosticConsumer(&Printer);
  bool Good = Run.run();
  Result.Errors = Printer.getNumErrors();
  if (!Good && Result.Errors == 0)
    Result.Errors = 1;
  if (Result.Errors != 0)
    Result.Unit = {};
  relocate(Result.Unit, Directory);
  Result.ParseSeconds = secondsSince(Start) - Result.ExtractSeconds;
  return Result;
}

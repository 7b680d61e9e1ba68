//===- HeddleCheck.cpp - A rule as a check of clang-tidy ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HeddleCheck.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"

using namespace heddle;
using namespace heddle::tidy;
using clang::DiagnosticIDs;

static clang::SourceLocation locate(clang::SourceManager &SM,
                                    llvm::StringRef Path, unsigned Line,
                                    unsigned Column) {
  auto File = SM.getFileManager().getOptionalFileRef(Path);
  if (!File)
    return {};
  return SM.translateFileLineCol(&File->getFileEntry(), Line,
                                 std::max(Column, 1u));
}

static clang::SourceLocation start(clang::SourceManager &SM,
                                   const SourceSpan &S,
                                   const std::vector<std::string> &Files) {
  if (!S.isValid())
    return {};
  return locate(SM, Files[S.File.index()], S.Line, S.Column);
}

static clang::CharSourceRange range(clang::SourceManager &SM,
                                    const SourceSpan &S,
                                    const std::vector<std::string> &Files) {
  clang::SourceLocation Begin = start(SM, S, Files);
  clang::SourceLocation End = S.EndLine == 0 ? Begin
                                             : locate(SM, Files[S.File.index()],
                                                      S.EndLine, S.EndColumn);
  return clang::CharSourceRange::getCharRange(Begin, End);
}

static DiagnosticIDs::Level levelOf(rules::Severity S) {
  switch (S) {
  case rules::Severity::Error:
    return DiagnosticIDs::Error;
  case rules::Severity::Warning:
    return DiagnosticIDs::Warning;
  case rules::Severity::Advice:
    break;
  }
  return DiagnosticIDs::Remark;
}

bool HeddleCheck::isLanguageVersionSupported(
    const clang::LangOptions &Options) const {
  return Options.CPlusPlus;
}

void HeddleCheck::registerMatchers(clang::ast_matchers::MatchFinder *Finder) {
  Finder->addMatcher(clang::ast_matchers::translationUnitDecl(), this);
}

void HeddleCheck::check(
    const clang::ast_matchers::MatchFinder::MatchResult &Result) {
  Analysis = Analyses->get(*Result.Context);
  for (const rules::Finding &F : Analysis->Findings)
    if (F.Rule == Name)
      report(F, Analysis->Files, *Result.SourceManager);
}

void HeddleCheck::report(const rules::Finding &F,
                         const std::vector<std::string> &Files,
                         clang::SourceManager &SM) {
  {
    // The text is an argument, for it may have a '%' in it.
    auto Main = diag(start(SM, F.Loc, Files), "%0", levelOf(F.Level));
    Main << F.Message;
    if (F.Loc.isValid() && F.Loc.EndLine != 0)
      Main << range(SM, F.Loc, Files);
    for (const rules::FixIt &Fix : F.Fixes)
      if (Fix.Span.isValid())
        Main << clang::FixItHint::CreateReplacement(range(SM, Fix.Span, Files),
                                                    Fix.Text);
  }
  for (const rules::Note &N : F.Notes)
    diag(start(SM, N.Loc, Files), "%0", DiagnosticIDs::Note) << N.Message;
}

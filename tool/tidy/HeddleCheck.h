//===- HeddleCheck.h - A rule as a check of clang-tidy --------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: one object per rule and unit. It takes the rule's findings from the
// unit's analysis and gives them to clang-tidy, with notes and fix-its.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_TIDY_HEDDLECHECK_H
#define HEDDLE_TOOL_TIDY_HEDDLECHECK_H

#include "UnitAnalysis.h"
#include "clang-tidy/ClangTidyCheck.h"

namespace heddle::tidy {

class HeddleCheck : public clang::tidy::ClangTidyCheck {
public:
  HeddleCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context,
              std::shared_ptr<UnitAnalyses> Analyses)
      : ClangTidyCheck(Name, Context), Name(Name),
        Analyses(std::move(Analyses)) {}

  bool
  isLanguageVersionSupported(const clang::LangOptions &Options) const override;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override;
  void
  check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override;

private:
  void report(const rules::Finding &F, const std::vector<std::string> &Files,
              clang::SourceManager &SM);

  std::string Name;
  std::shared_ptr<UnitAnalyses> Analyses;
  std::shared_ptr<const engine::Result>
      Analysis; ///< null until it is asked for
};

} // namespace heddle::tidy

#endif // HEDDLE_TOOL_TIDY_HEDDLECHECK_H

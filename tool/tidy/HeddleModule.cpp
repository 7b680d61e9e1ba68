//===- HeddleModule.cpp - The plugin for clang-tidy ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: registers every rule as a check, and refuses a clang-tidy of another
// LLVM. Such a one loads the plugin, sees no checks of it and reports nothing,
// which looks like clean code.
//
//===----------------------------------------------------------------------===//

#include "HeddleCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "rules/Rule.h"
#include "clang/Basic/Version.h"
#if CLANG_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace tidy = clang::tidy;

namespace {

/// Stands before the registration, so that it runs first.
struct HostIsOurs {
  HostIsOurs() {
    std::string Host = clang::getClangFullVersion();
    if (llvm::StringRef(Host).contains("version " CLANG_VERSION_STRING))
      return;
    llvm::errs() << "heddle: error: HeddleTidy.so was built for LLVM "
                 << CLANG_VERSION_STRING << ", but this is '" << Host
                 << "'. Use clang-tidy-" << CLANG_VERSION_MAJOR
                 << ", or build heddle with -DHEDDLE_LLVM_VERSION=<version>.\n";
    std::_Exit(3);
  }
} const Guard;

class HeddleModule : public tidy::ClangTidyModule {
public:
  void addCheckFactories(tidy::ClangTidyCheckFactories &Factories) override {
    auto Analyses = std::make_shared<heddle::tidy::UnitAnalyses>();
    for (const heddle::rules::Rule *R : heddle::rules::allRules())
      Factories.registerCheckFactory(
          R->Id,
          [Analyses](llvm::StringRef Name, tidy::ClangTidyContext *Context) {
            return std::make_unique<heddle::tidy::HeddleCheck>(Name, Context,
                                                               Analyses);
          });
  }
};

const tidy::ClangTidyModuleRegistry::Add<HeddleModule>
    Registration("heddle-module", "Misuse of concurrency");

} // namespace

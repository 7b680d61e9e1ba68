//===- Rule.h - What a rule is --------------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the interface of rules and their registry. A rule is one source file
// named after it, one line of Rules.def and one test folder. It sees the
// analysed program, never an AST or the name of a library.
// Text (what, why, bad, good, silence, limits) lives with the rule and is what
// --explain prints and docs/rules/<id>.md is made of.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_RULE_H
#define HEDDLE_RULES_RULE_H

#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace heddle::link {
class Program;
}
namespace heddle::explore {
struct Exploration;
}

namespace heddle::rules {

/// What a rule may look at. Everything in it is complete before any rule runs.
struct RuleInput {
  const link::Program &Program;
  const explore::Exploration &Exploration;
};

struct Rule {
  llvm::StringLiteral Id;      ///< "heddle-double-lock"
  llvm::StringLiteral Title;   ///< one line
  llvm::StringLiteral Reports; ///< if and only if
  llvm::StringLiteral Why;
  llvm::StringLiteral Bad; ///< C++; `// want:` on the line reported
  llvm::StringLiteral Good;
  llvm::StringLiteral Silence; ///< how to silence, beside NOLINT
  llvm::StringLiteral Limits;  ///< what it cannot see
  void (*Run)(const RuleInput &In, std::vector<Finding> &Out);
};

/// Every rule, in the order of Rules.def.
llvm::ArrayRef<const Rule *> allRules();
/// Null when there is none of that id; the prefix "heddle-" may be left out.
const Rule *findRule(llvm::StringRef Id);

} // namespace heddle::rules

#endif // HEDDLE_RULES_RULE_H

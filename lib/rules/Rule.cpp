//===- Rule.cpp - The registry of rules ----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Rule.h"
#include <vector>

namespace heddle::rules {

#define RULE(Name) extern const Rule Name;
#include "rules/Rules.def"

llvm::ArrayRef<const Rule *> allRules() {
  static const std::vector<const Rule *> Rules = {
#define RULE(Name) &Name,
#include "rules/Rules.def"
  };
  return Rules;
}

const Rule *findRule(llvm::StringRef Id) {
  Id.consume_front("heddle-");
  for (const Rule *R : allRules())
    if (R->Id.substr(sizeof("heddle-") - 1) == Id)
      return R;
  return nullptr;
}

} // namespace heddle::rules

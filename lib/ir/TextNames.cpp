//===- TextNames.cpp - Words and symbols of the text form -----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/TextNames.h"
#include "llvm/ADT/StringExtras.h"

using namespace heddle;
using namespace heddle::ir;

size_t text::symbolLength(llvm::StringRef Text) {
  size_t N = 0;
  while (N < Text.size()) {
    if (llvm::isAlnum(Text[N]) || llvm::StringRef("_.$~#").contains(Text[N]))
      N += 1;
    else if (Text.substr(N).starts_with("::") ||
             Text.substr(N).starts_with("[]"))
      N += 2;
    else
      break;
  }
  return N;
}

std::string text::defaultName(ObjectKind Kind, llvm::StringRef Symbol) {
  llvm::StringRef Stem = Symbol.split('#').first;
  switch (Kind) {
  case ObjectKind::Element:
    return "";
  case ObjectKind::Field: {
    size_t Dot = Stem.rfind('.');
    return (Dot == llvm::StringRef::npos ? Stem : Stem.substr(Dot + 1)).str();
  }
  default:
    return Stem.str();
  }
}

std::string text::defaultName(llvm::StringRef FunctionSymbol) {
  return FunctionSymbol.split('#').first.str();
}

std::string text::defaultName(const Unit &U, const Callable &C) {
  if (C.Targets.size() == 1 && C.Targets[0] &&
      C.Targets[0].index() < U.Functions.size())
    return U.function(C.Targets[0]).Name;
  if (C.Place && C.Place.index() < U.Objects.size())
    return U.object(C.Place).Name;
  return "";
}

std::optional<OpKind> text::opKind(llvm::StringRef Word) {
#define OP(Name, Mnemonic, Meaning, Example)                                   \
  if (Word == Mnemonic)                                                        \
    return OpKind::Name;
#include "ir/Ops.def"
  return std::nullopt;
}

//===- Linked.h - Skeleton texts to programs, for tests -------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TEST_LINKED_H
#define HEDDLE_TEST_LINKED_H

#include "ir/SkeletonText.h"
#include "ir/Verify.h"
#include "link/Linker.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace heddle::link {

inline ir::Unit unitOf(llvm::StringRef Text, llvm::StringRef Name) {
  llvm::Expected<ir::Unit> U = ir::parse(Text, Name);
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError()) << "\n" << Text.str();
    return {};
  }
  return std::move(*U);
}

using Texts = std::vector<std::pair<const char *, const char *>>; // name, text

/// The programs of the texts: the same ones, whichever comes first and however
/// often.
inline std::vector<ir::Unit> linked(const Texts &All,
                                    bool AnyUnreadable = false) {
  auto Link = [&](const Texts &List) {
    Linker L;
    if (AnyUnreadable)
      L.addUnreadable();
    for (const auto &[Name, Text] : List)
      L.add(unitOf(Text, Name));
    return L.link();
  };
  auto Print = [](const std::vector<ir::Unit> &Programs) {
    std::string Out;
    for (const ir::Unit &U : Programs) {
      for (const ir::Complaint &C : ir::verify(U))
        ADD_FAILURE() << C.str(U) << "\n" << ir::print(U);
      Out += ir::print(U);
    }
    return Out;
  };
  std::vector<ir::Unit> Programs = Link(All);
  Texts Others(All.rbegin(), All.rend());
  EXPECT_EQ(Print(Link(Others)), Print(Programs));
  Others.insert(Others.end(), All.begin(), All.end());
  EXPECT_EQ(Print(Link(Others)), Print(Programs));
  return Programs;
}

/// The one program of the texts.
inline ir::Unit program(const Texts &All, bool AnyUnreadable = false) {
  std::vector<ir::Unit> Programs = linked(All, AnyUnreadable);
  EXPECT_EQ(Programs.size(), 1u);
  return Programs.empty() ? ir::Unit() : std::move(Programs[0]);
}

inline const ir::Function *function(const ir::Unit &U, llvm::StringRef Usr) {
  for (const ir::Function &F : U.Functions)
    if (F.Usr == Usr)
      return &F;
  return nullptr;
}

/// The names of the objects that F's ops act on, in order.
inline std::vector<std::string> objectsOf(const ir::Unit &U,
                                          const ir::Function &F) {
  std::vector<std::string> Out;
  for (const ir::Block &B : F.Blocks)
    for (const ir::Op &Op : B.Ops)
      if (Op.Obj)
        Out.push_back(U.describe(Op.Obj));
  return Out;
}

/// What the first op of F calls: USRs, and "?" when there may be others.
inline std::vector<std::string> targetsOf(const ir::Unit &U,
                                          const ir::Function &F) {
  std::vector<std::string> Out;
  const ir::Callable &C = F.Blocks[0].Ops[0].Fn;
  for (FuncId T : C.Targets)
    Out.push_back(U.function(T).Usr + (U.function(T).hasBody() ? "" : "-"));
  if (C.Open)
    Out.push_back("?");
  return Out;
}

} // namespace heddle::link

#endif // HEDDLE_TEST_LINKED_H

//===- Names.h - Canonical names of declarations --------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the names by which models know declarations: qualified, without
// template arguments, inline namespaces and anonymous scopes, so that
// libstdc++ and libc++ (std::__1) read the same.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_NAMES_H
#define HEDDLE_EXTRACT_NAMES_H

#include "clang/AST/DeclCXX.h"
#include <string>

namespace heddle::extract {

/// "heddle::Channel::Send"; a constructor is "heddle::Mutex::Mutex".
/// The aggregate class, or C's struct or union, that T is; null for others.
const clang::RecordDecl *aggregateOf(clang::QualType T);
/// How many of the parts that a list gives an R come before its members.
unsigned basesOf(const clang::RecordDecl *R);

std::string canonicalName(const clang::NamedDecl *D);
/// The last part alone: "Send", "operator bool".
std::string unqualifiedName(const clang::NamedDecl *D);
/// An iterator of the standard library that is a class.
bool isIterator(clang::QualType T);
/// What `extract` of the standard library's maps and sets gives.
bool isNodeHandle(clang::QualType T);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_NAMES_H

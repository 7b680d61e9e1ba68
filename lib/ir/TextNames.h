//===- TextNames.h - Words and symbols of the text form -------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what the printer and the parser of skeletons must agree on: the word
// of each enumerator and flag, the characters of a symbol, and the name that
// an object or function has when none is given. Each table is indexed by its
// enumeration.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_TEXTNAMES_H
#define HEDDLE_IR_TEXTNAMES_H

#include "ir/Skeleton.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace heddle::ir::text {

inline constexpr llvm::StringLiteral ObjectKinds[] = {
    "global",  "static", "local", "param",  "this",
    "capture", "temp",   "field", "element"};
inline constexpr llvm::StringLiteral TypeClasses[] = {
    "other", "value", "counter", "channel", "lock",  "guard",    "cond",
    "once",  "task",  "future",  "context", "timer", "callable", "cancel"};
inline constexpr llvm::StringLiteral Modes[] = {"plain", "shared",  "thread",
                                                "async", "timer",   "nil",
                                                "timed", "pointer", "key"};
inline constexpr llvm::StringLiteral GuardModes[] = {"acquire", "adopt",
                                                     "defer", "try"};
inline constexpr llvm::StringLiteral Givens[] = {"always", "if-seen",
                                                 "if-unseen"};
inline constexpr llvm::StringLiteral Terminators[] = {
    "jump",   "br",    "switch", "choose", "select",
    "return", "throw", "resume", "exit",   "unreachable"};
inline constexpr llvm::StringLiteral CaseKinds[] = {"send", "recv", "timeout",
                                                    "default"};

/// The version of the text form, in the first line of what is printed: goes up
/// when an older reader would read something else.
inline constexpr int64_t Version = 1;
/// The operation that Word is the mnemonic of.
std::optional<OpKind> opKind(llvm::StringRef Word);

struct ObjectFlag {
  llvm::StringLiteral Word;
  bool Object::*Member;
};
inline constexpr ObjectFlag ObjectFlags[] = {
    {"const", &Object::IsConst},
    {"atomic", &Object::IsAtomic},
    {"thread-local", &Object::IsThreadLocal},
    {"external", &Object::IsExternal},
    {"declared", &Object::IsDeclared},
    {"inline", &Object::IsInline},
    {"alias", &Object::IsAlias},
    {"reference", &Object::IsReference},
    {"recursive", &Object::IsRecursive},
    {"joins-at-end", &Object::JoinsAtEnd}};

struct FunctionFlag {
  llvm::StringLiteral Word;
  bool Function::*Member;
};
inline constexpr FunctionFlag FunctionFlags[] = {
    {"main", &Function::IsMain},
    {"test", &Function::IsTest},
    {"lambda", &Function::IsLambda},
    {"noexcept", &Function::IsNoexcept},
    {"internal", &Function::IsInternal},
    {"unit-local", &Function::IsLocal},
    {"destructor", &Function::IsDestructor},
    {"constructor", &Function::IsConstructor}};

/// Binary operators, loosest first; those of one Level associate to the left.
struct BinaryOperator {
  llvm::StringLiteral Word;
  ExprKind Kind;
  unsigned Level;
};
inline constexpr BinaryOperator BinaryOperators[] = {
    {"||", ExprKind::Or, 0},   {"&&", ExprKind::And, 1},
    {"==", ExprKind::Eq, 2},   {"!=", ExprKind::Ne, 2},
    {"<=", ExprKind::Le, 3},   {">=", ExprKind::Ge, 3},
    {"<", ExprKind::Lt, 3},    {">", ExprKind::Gt, 3},
    {"+", ExprKind::Plus, 4},  {"-", ExprKind::Minus, 4},
    {"*", ExprKind::Times, 5}, {"mod", ExprKind::Rem, 5},
    {"div", ExprKind::Quot, 5}, {"min", ExprKind::Min, 5},
    {"max", ExprKind::Max, 5},  {"and", ExprKind::BitAnd, 5},
    {"or", ExprKind::BitOr, 5}, {"xor", ExprKind::BitXor, 5},
    {"shl", ExprKind::Shl, 5},  {"shr", ExprKind::Shr, 5}};
inline constexpr unsigned OperatorLevels = 6;

/// The number of characters of the symbol that Text starts with: letters,
/// digits, any of "_.$~#", and the pairs "::" and "[]".
size_t symbolLength(llvm::StringRef Text);

/// What an object or a function called Symbol is named when no name is given.
std::string defaultName(ObjectKind Kind, llvm::StringRef Symbol);
std::string defaultName(llvm::StringRef FunctionSymbol);
/// The message name of a callable that has none of its own.
std::string defaultName(const Unit &U, const Callable &C);

} // namespace heddle::ir::text

#endif // HEDDLE_IR_TEXTNAMES_H

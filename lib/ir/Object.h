//===- Object.h - The identity of a place ---------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: names the things that operations act on. A place is a variable or a
// path of fields from one. Pointers, references and handles denote what they
// refer to: `p->mu`, `(*p).mu` and `r.mu` are one shape, `Field(p, "mu")`.
//
// Invariants: places are interned, so one ObjId is one place of one unit. Two
// different ids may still be the same memory at run time (two parameters), and
// an Element stands for all elements of its container: it is *summarised* and
// never must-aliases itself. A lambda that captures a variable by reference,
// or a handle by copy, uses the variable's own place of the enclosing
// function. Typical size: 5 to 50 places a function.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_OBJECT_H
#define HEDDLE_IR_OBJECT_H

#include "support/SourceSpan.h"
#include <string>

namespace heddle::ir {

enum class ObjectKind : uint8_t {
  Global,  ///< namespace scope or static member
  Static,  ///< function-local static
  Local,   ///< automatic variable of Owner
  Param,   ///< parameter of Owner
  This,    ///< *this of Owner
  Capture, ///< lambda Owner's own copy of what it captured
  Temp,    ///< value or object without a name
  Field,   ///< member Name of Base
  Element, ///< any element of container Base
};

/// What an object is to the engine, whichever library it comes from.
enum class TypeClass : uint8_t {
  Other,
  Value, ///< integer, bool, enumeration, optional (has a value or not), variant
  Counter, ///< wait group, latch, blocking counter
  Channel,
  Lock,
  Guard,
  Cond,
  Once,
  Task,    ///< joinable handle: std::thread, std::future of std::async
  Future,  ///< promise; its part '*' is the handle that futures denote
  Context, ///< or a context with its cancel function: what is part of it is it
  Timer,
  Callable,
  Cancel, ///< the function that cancels the context that it is part of
};

struct Object {
  ObjectKind Kind = ObjectKind::Temp;
  TypeClass Type = TypeClass::Other;
  /// As the user wrote it: "wg", for fields the member's name alone.
  std::string Name;
  /// Global: names the same variable in other units. Empty for what no other
  /// unit can name.
  std::string Usr;
  ObjId Base;   ///< Field and Element: the object that it is part of.
  FuncId Owner; ///< Local, Param, This, Capture, Temp, Static.
  /// Where it is declared.
  SourceSpan Loc;
  /// Declared const, constexpr or constinit-and-const: never written.
  bool IsConst = false;
  bool IsAtomic = false;
  bool IsThreadLocal = false;
  /// Global: other translation units can name it.
  bool IsExternal = false;
  /// Global: this unit only declares it (extern).
  bool IsDeclared = false;
  /// Global: every unit that declares it may define it (inline).
  bool IsInline = false;
  /// Local or Param: a reference, pointer or handle to an object that it does
  /// not own. Such an object's identity is what it is bound to.
  bool IsAlias = false;
  /// Param: a reference to a pointer or handle. What the function sets it to,
  /// the caller's has become.
  bool IsReference = false;
  /// A recursive lock.
  bool IsRecursive = false;
  /// The destructor joins (jthread, the future of std::async).
  bool JoinsAtEnd = false;
};

} // namespace heddle::ir

#endif // HEDDLE_IR_OBJECT_H

//===- Model.h - What a library's names mean ------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: library knowledge as data. Extraction asks it what a call or a type
// means; no other layer knows the name of any library.
// In: YAML, one file per library (ModelFile.h). Out: rows by qualified name.
// Names are canonical, without template arguments and inline namespaces:
// "heddle::Channel::Send", "std::unique_lock::lock". A member is looked up in
// the class that declares it and in the class of the object it is called on.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_MODELS_MODEL_H
#define HEDDLE_MODELS_MODEL_H

#include "ir/Skeleton.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace heddle::models {

/// Where in a call an operand stands.
struct Role {
  enum class Kind : uint8_t {
    None,
    This,   ///< the object that the member is called on
    Arg,    ///< argument Index, from 0
    Rest,   ///< all arguments from Index on
    Result, ///< what the call returns, or the object that a constructor makes
    Int,    ///< the constant Index
  };
  Kind K = Kind::None;
  int64_t Index = 0;
};

/// What a call does. `Pure` and `Ignore` have no operation: Pure neither
/// changes nor keeps its arguments and gives Value of its object (has_value);
/// Ignore does nothing that matters.
enum class Effect : uint8_t {
  Operation, ///< Op
  Ignore,
  Pass,    ///< the result denotes the object in `Object` (std::ref, get, begin)
  Truth,   ///< the result is the value of the object in `Object` (has_value)
  Content, ///< the result is what the object in `Object` holds (optional's *)
  Throw,   ///< throws (heddle::panic)
  Exit,    ///< ends the program (std::exit)
  Abort,   ///< noreturn without unwinding (std::abort)
  Invoke,  ///< calls `Callable` with `Args` now and returns what it returns
  MakeCallable, ///< the result is `Callable` with `Args` bound (std::bind)
  Select,       ///< waits for one of its arguments, each made by a SelectCase
  SelectCase,   ///< makes a case; CaseKind says which
  Construct,    ///< makes a new object of the result's first template argument
                ///< with Args (std::make_unique)
  Swap,         ///< `Object` and `Other` change values
  Exchange,     ///< `Object` becomes `Args`; the result is what it was
  Visit,        ///< calls those of its arguments that can be called, now
  Alternative,  ///< the result is what the variant in `Object` holds, which the
                ///< call's template argument names
  AlternativeIf,    ///< a pointer to that, or null
  IsAlternative,    ///< whether it holds that
  VisitAlternative, ///< calls `Callable` with what the variant in `Args` holds
  Fill, ///< `Object`, an optional or variant, holds a new one made from `Args`
  Poll, ///< the result is 0 while a receive from `Object` would wait, else
        ///< some other number (Context::Err)
  ContentOr, ///< what the object in `Object` holds, or else `Args` (value_or)
  Minimum,   ///< the lowest of the numbers `Args`, or of a list in braces
  Maximum,
  Clamp,    ///< the first of `Args`, between the second and the third
  Absolute, ///< the first of `Args`, without its sign
  Size,     ///< how many elements the container in `Object` has
  Gather,   ///< a new object whose parts are `Args` (std::make_pair, std::tie)
};

/// What an atomic operation does with its object's value. The amount is the
/// row's.
enum class Change : uint8_t {
  Unknown,         ///< something that is not followed
  Load,            ///< nothing; gives the value
  Store,           ///< becomes the amount; gives that
  Exchange,        ///< becomes the amount; gives what it was
  Add,             ///< one amount more; gives the sum
  Subtract,        ///< one amount less; gives the difference
  FetchAdd,        ///< one amount more; gives what it was
  FetchSubtract,   ///< one amount less; gives what it was
  CompareExchange, ///< becomes the amount if it is `Args`; gives whether it was
};

struct CallRow {
  std::string Name;              ///< canonical qualified name
  std::optional<unsigned> Arity; ///< only calls with that many arguments
  Effect E = Effect::Operation;
  ir::OpKind Op = ir::OpKind::Yield;
  ir::Mode How = ir::Mode::Plain;
  ir::GuardMode Guard = ir::GuardMode::Acquire;
  Role Object;   ///< ir::Op::Obj
  Role Other;    ///< ir::Op::Other
  Role Callable; ///< ir::Op::Fn
  Role Args;     ///< ir::Op::Args / arguments for Callable
  /// Counter delta, capacity, atomic's operand, units of a semaphore.
  Role Amount;
  /// How many values a channel has in it from the start; a counter's limit.
  Role Held;
  Change Changes = Change::Unknown; ///< atomic
  ir::SelectCase::Kind CaseKind = ir::SelectCase::Kind::Recv;
  /// wg.Go: the spawn is preceded by an add and the task ends with a done.
  bool Counted = false;
  /// Argument types that choose among rows of one name (std::adopt_lock_t):
  /// only calls that have an argument of this canonical type.
  std::string WithTag;
  /// C's way to say how an operation went: what the call returns when the
  /// operation's own result is 0, and when it is not. A single one is for an
  /// operation without a result, which always goes well.
  std::vector<int64_t> Gives;
};

struct TypeRow {
  std::string Name; ///< canonical qualified name of the class template or class
  ir::TypeClass Class = ir::TypeClass::Other;
  /// Copies share what they refer to (Channel, shared_ptr).
  bool IsHandle = false;
  bool IsAtomic = false;
  bool IsRecursive = false;
  /// A lock whose initialisation says whether it is recursive.
  bool IsKindByInit = false;
  bool JoinsAtEnd = false;
  /// Holds a callable that its destructor calls (heddle::Defer).
  bool RunsAtEnd = false;
  /// A handle whose death ends what it refers to (unique_ptr).
  bool OwnsReferent = false;
  /// A container: of elements in order, of elements by key; a sequence of
  /// which only the ends are reached (std::queue); one of as many as its type
  /// says (std::array).
  bool IsSequence = false;
  bool IsKeyed = false;
  bool IsAdaptor = false;
  bool IsFixed = false;
  bool isContainer() const { return IsSequence || IsKeyed; }
  /// A string: its value is a number that equal strings share.
  bool IsText = false;
  /// Holds one of its template arguments; its value says which.
  bool IsOneOf = false;
  /// What a try-receive found: its value is that of its member `state`, 0 for a
  /// value, which `value` then has (heddle::TryRecvResult).
  bool IsReceipt = false;
  /// Has an object of each template argument, in order (std::pair).
  bool HasParts = false;
  /// Synchronises itself: accesses to it are no data accesses.
  bool IsSync = false;
};

class Model {
public:
  /// The rows for calls named Name, in file order; later files come first, so
  /// that a user's rows win. Empty when there is none.
  llvm::ArrayRef<CallRow> calls(llvm::StringRef Name) const;
  /// Null when the type is not modelled.
  const TypeRow *type(llvm::StringRef Name) const;
  /// True when Name lies in a namespace whose inside is modelled, so that the
  /// bodies found there are not read.
  bool ownsNamespace(llvm::StringRef QualifiedName) const;

  void add(CallRow Row);
  void add(TypeRow Row);
  void addNamespace(std::string Name);
  /// Takes over the rows of Later, before those of the same name.
  void overrideWith(Model Later);

private:
  llvm::StringMap<std::vector<CallRow>> Calls;
  llvm::StringMap<TypeRow> Types;
  std::vector<std::string> Namespaces;
};

} // namespace heddle::models

#endif // HEDDLE_MODELS_MODEL_H

//===- Skeleton.h - A unit as concurrency operations ----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the output of extraction and the input of everything else. Per
// function, a control-flow graph of operations on places, calls and spawns
// with their bindings, symbolic branch conditions, and source locations.
// Library-neutral: no API name is left, except in Object::Name and
// Function::Name, which are for messages only.
//
// Exceptions are explicit: an op that can throw names the block that unwinding
// enters (Op::Unwind); cleanups are ordinary ops on the way to a catch handler
// or to a Resume terminator.
//
// Invariants: ir/Verify.h states and checks them. Typical size: 20 ops a
// function that has any.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_SKELETON_H
#define HEDDLE_IR_SKELETON_H

#include "ir/Expr.h"
#include "ir/Object.h"
#include <string>
#include <unordered_map>
#include <vector>

namespace heddle::ir {

enum class OpKind : uint8_t {
#define OP(Name, Mnemonic, Meaning, Example) Name,
#include "ir/Ops.def"
};

/// How an op is done; what it means depends on the op.
enum class Mode : uint8_t {
  Plain,   ///< lock: exclusive; spawn: goroutine; make: ordinary
  Shared,  ///< lock: shared
  Thread,  ///< spawn: OS thread, joined through its handle
           ///< make: a lock at which a waiter blocks its thread
  Async,   ///< spawn: std::async
  Timer,   ///< spawn: a callback that runs once, later (AfterFunc)
  Nil,     ///< make: nil channel
  Timed,   ///< recv, wait, lock, cond-wait: gives up after a while (Result 0)
           ///< derive: with a deadline; make: a timer; cancel: starts it again
  Pointer, ///< read, write: the pointer or handle itself, not what it denotes
  Key,     ///< bind, shift: the index is a key
};

/// For what an op stands that depends on whether a callee is seen.
enum class Given : uint8_t {
  Always,
  Seen,   ///< a call without effect unless its callee has a body
  Unseen, ///< part of what the next call of its block does while it has none
};

/// What a guard does to its locks when it is made.
enum class GuardMode : uint8_t { Acquire, Adopt, Defer, Try };

struct Operand;

/// What a call, spawn, once or predicate runs.
struct Callable {
  /// The functions that it may be: one when known; several for a virtual call;
  /// none when only Place says.
  std::vector<FuncId> Targets;
  /// True when Targets may not be all (a virtual call that other units can
  /// override, an unknown function).
  bool Open = false;
  /// A variable that holds the callable (std::function, function pointer,
  /// callable parameter). With Targets: one of a lambda's type, made in another
  /// function; what it captured is what the variable holds.
  ObjId Place;
  /// The object of a member function; none for others.
  ObjId This;
  /// A virtual call: the method that is named. Targets are what this unit
  /// shows of it and of its overrides; linking adds those of other units.
  FuncId Virtual;
  /// Leading arguments that were bound when the callable was made (std::bind).
  std::vector<Operand> Bound;
  /// Name for messages: "Work", "lambda", "std::function".
  std::string Name;

  bool isPresent() const { return !Targets.empty() || Place || Open; }
};

struct Operand {
  enum class Kind : uint8_t { None, Place, Value, Function };
  Kind K = Kind::None; ///< None: an argument that does not matter.
  ObjId Obj;           ///< Place
  ExprRef Value;       ///< Value
  std::shared_ptr<const Callable> Fn; ///< Function

  static Operand none() { return {}; }
  static Operand place(ObjId O);
  static Operand value(ExprRef E);
  static Operand function(Callable C);
};

struct Op {
  OpKind Kind;
  SourceSpan Loc;
  ObjId Obj;
  ObjId Other;
  ObjId Result;
  Mode How = Mode::Plain;
  GuardMode Guard = GuardMode::Acquire;
  Given When = Given::Always;
  Callable Fn;
  std::vector<Operand> Args;
  /// Entered when the op throws; none when it cannot or nothing is to be done
  /// on the way out of the function.
  BlockId Unwind;
  /// Runs at scope exit (a Defer, a destructor) and not where it is written.
  bool Deferred = false;
};

struct SelectCase {
  enum class Kind : uint8_t { Send, Recv, Timeout, Default };
  Kind K = Kind::Recv;
  ObjId Channel;  ///< Send, Recv. None when the channel is unknown.
  ObjId Result;   ///< Recv: 1 for a value, 0 when closed; its part '*' is it.
  Operand Value;  ///< Send: what is sent; none when not known.
  BlockId Target; ///< Runs the handler, sets the select's result, joins.
  SourceSpan Loc;
};

struct Terminator {
  enum class Kind : uint8_t {
    Jump,        ///< Succs[0]
    Branch,      ///< Cond ? Succs[0] : Succs[1]
    Switch,      ///< Cond == Values[i] ? Succs[i]; the last of Succs otherwise
    Choose,      ///< any of Succs, nothing known about which (catch dispatch)
    Select,      ///< Cases
    Return,      ///< Value: what is returned
    Throw,       ///< an exception starts; Succs[0] when something handles or
                 ///< cleans up in this function, else it leaves at once
    Resume,      ///< an exception leaves the function
    Exit,        ///< the program ends (std::exit)
    Unreachable, ///< abort, terminate, a noreturn call
  };
  Kind K = Kind::Unreachable;
  SourceSpan Loc;
  ExprRef Cond;
  std::vector<BlockId> Succs;
  std::vector<int64_t> Values;
  std::vector<SelectCase> Cases;
  Operand Value;
};

struct Block {
  std::vector<Op> Ops;
  Terminator Term;
};

struct Function {
  std::string Usr;  ///< unified symbol resolution; unique in a unit
  std::string Name; ///< qualified, for messages; "lambda" for lambdas
  SourceSpan Loc;   ///< the name
  SourceSpan End;   ///< the closing brace
  std::vector<ObjId> Params;
  ObjId This;    ///< none for free functions and lambdas
  FuncId Parent; ///< lambda: the function that it is written in
  /// The methods that it overrides, directly or not.
  std::vector<FuncId> Overrides;
  bool IsMain = false;
  bool IsTest = false; ///< body of a test case: an entry like main
  bool IsLambda = false;
  bool IsNoexcept = false;
  bool IsInternal = false; ///< no other unit can call it
  /// Internal linkage: no function of another unit is this one.
  bool IsLocal = false;
  bool IsDestructor = false;
  bool IsConstructor = false;
  /// Block 0 is the entry. Empty: only declared here, body unknown.
  std::vector<Block> Blocks;

  bool hasBody() const { return !Blocks.empty(); }
};

/// Finds the parts that exist: (base, kind, name) to place. It follows
/// Unit::Objects, which only grows; an object's Base, Kind and Name are final
/// once the object is in it.
class PartIndex {
public:
  void catchUp(const std::vector<Object> &Objects);
  ObjId find(ObjId Base, ObjectKind Kind, const std::string &Name) const;

private:
  struct Key {
    ObjId Base;
    ObjectKind Kind;
    std::string Name;
    bool operator==(const Key &) const = default;
  };
  struct Hash {
    size_t operator()(const Key &K) const;
  };
  std::unordered_map<Key, ObjId, Hash> Parts;
  size_t Seen = 0; ///< how many of Objects are in Parts
};

struct Unit {
  std::string MainFile;
  /// How many translation units it was linked from; bounds grow with it.
  uint32_t Linked = 1;
  std::vector<std::string> Files;
  std::vector<Object> Objects;
  std::vector<Function> Functions;

  const Object &object(ObjId O) const { return Objects[O.index()]; }
  const Function &function(FuncId F) const { return Functions[F.index()]; }
  const std::string &file(FileId F) const { return Files[F.index()]; }

  /// The interned part Name of Base; created when new. Kind is Field or
  /// Element; an Element has no name. Cost: constant, on average.
  ObjId part(ObjId Base, ObjectKind Kind, const std::string &Name,
             TypeClass Type);
  /// Member of some object that has no name: one place for all objects, and
  /// summarised. Requires: Member is a Field that says where it is declared.
  ObjId someMember(ObjId Member);
  /// The part of Base that O, a part, is of its own base; created alike.
  ObjId samePart(ObjId O, ObjId Base);
  /// The variable at the bottom of O's path.
  ObjId root(ObjId O) const;
  /// True when O is an Element or a part of one.
  bool isSummarised(ObjId O) const;
  /// For messages: "p.a.mu", "this->mu" as "mu".
  std::string describe(ObjId O) const;

private:
  PartIndex Index;
  ObjId Nameless; ///< what someMember()s are parts of
  /// What samePart has answered, by O and Base: names are never compared twice.
  std::unordered_map<uint64_t, ObjId> Moved;
};

const char *mnemonic(OpKind K);

} // namespace heddle::ir

#endif // HEDDLE_IR_SKELETON_H

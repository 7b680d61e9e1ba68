//===- Referents.h - What places denote, whatever the path ----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: facts about classes and fields that no single function shows: which
// callables a member can hold, because somebody somewhere gave it them, and
// which variable a reference member or parameter stands for. Bindings of the
// whole unit, in any order: an inclusion analysis over declarations.
//
// What is said is meant for the rules that say that something *can* happen.
// Where several objects of a class can hold different callables nothing is
// said, since it is not known which one is called.
// Bounds: MaxHeld callables or places; more count as not known.
// Cost: close to linear in the bindings, calls and places of the unit.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_REFERENTS_H
#define HEDDLE_SUMMARY_REFERENTS_H

#include "ir/Skeleton.h"
#include <map>
#include <optional>
#include <set>
#include <string>

namespace heddle::summary {

/// A variable and the way from it to a part of it: names of members, "[]" for
/// elements.
struct VariablePath {
  ObjId Root;
  std::vector<std::string> Parts;
  bool operator==(const VariablePath &) const = default;
};

class Referents {
public:
  static constexpr size_t MaxHeld = 12;
  /// Functions that call one another, references bound to references.
  static constexpr unsigned MaxDepth = 12;

  /// Requires: U outlives this; it may gain objects, but no functions.
  explicit Referents(const ir::Unit &U);

  /// What a call of O can run, by what was ever stored there; empty when that
  /// is not known. Places in them are in the names of the function that stored
  /// them.
  std::vector<ir::Callable> callables(ObjId O) const;

  /// The one variable that O is, or is part of, as every run of the program
  /// has it only once. Only in a program.
  std::optional<VariablePath> variable(ObjId O) const;

  /// The program comes to F once at most.
  bool runsOnce(FuncId F) const;
  /// How many objects Constructor makes in the whole program: 0, 1, or 2 for
  /// more or unknown.
  unsigned instancesOf(FuncId Constructor) const;

private:
  using NodeId = int;
  using Key = std::tuple<NodeId, ObjId, SourceSpan, std::string>;
  struct Node {
    std::set<NodeId> Gives;       ///< whoever holds what this one does
    std::set<NodeId> Stands;      ///< the same for references
    std::set<unsigned> Holds;     ///< indices in Known
    std::set<ObjId> Denotes;      ///< what a reference stands for
    std::vector<unsigned> Called; ///< indices in Calls
    bool IsLost = false;          ///< something else too
  };
  struct Call {
    const ir::Callable *Fn;
    const std::vector<ir::Operand> *Args;
    ObjId Result;
  };
  struct Caller {
    FuncId In;
    BlockId At;
    const ir::Op *Op; ///< null: mentioned as a value
  };

  ObjId standsFor(ObjId O) const;
  NodeId node(ObjId O, unsigned Depth = 0);
  std::optional<NodeId> find(ObjId O, unsigned Depth = 0) const;
  std::optional<Key> key(ObjId O, NodeId Base) const;
  bool isReference(ObjId O) const;
  void collect();
  void flow(const ir::Operand &From, ObjId To);
  void flowParts(ObjId From, ObjId To);
  void connect(const Call &C, const ir::Callable &Fn);
  void lose(const ir::Operand &A);
  void solve();
  void findClasses();
  ObjId memberBehind(ObjId O) const;
  bool isHeldByOne(ObjId O) const;
  bool hasContext(const ir::Callable &C) const;
  std::optional<VariablePath> variable(ObjId O, unsigned Depth) const;
  bool runsOnce(FuncId F, unsigned Depth) const;
  unsigned instancesOf(FuncId Constructor, unsigned Depth) const;

  const ir::Unit &U;
  bool IsProgram = false;
  std::vector<Node> Nodes;
  std::map<Key, NodeId> Ids;
  std::vector<ir::Callable> Known;
  std::vector<Call> Calls;
  std::vector<NodeId> Todo;
  std::set<std::pair<unsigned, unsigned>> Connected; ///< call, callable
  std::vector<std::vector<Caller>> Callers;          ///< by FuncId
  /// The parts of what is no object of a method's.
  std::map<ObjId, std::vector<ObjId>> PartsOf;
  /// What aliases of one function are bound to.
  std::map<ObjId, std::vector<ObjId>> BoundTo;
  /// What is made in loops: many objects of one name.
  std::set<ObjId> MadeAnew;
  /// By a member's declaration: the constructors of its class, and whether one
  /// of them binds it.
  std::map<SourceSpan, std::set<FuncId>> MakersOf;
  std::set<SourceSpan> BoundByMaker;
  /// By a member's declaration: as what it was given something.
  std::map<SourceSpan, std::set<ObjId>> GivenAs;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_REFERENTS_H

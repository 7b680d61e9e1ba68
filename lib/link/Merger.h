//===- Merger.h - One program from its units ------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: copies the functions of a program's units into one unit, each once,
// with all ids renumbered. Of a function that several units define the first
// one's body is kept, with its lambdas, locals and statics; what other bodies
// say of the others' lambdas and statics is found again there by its place.
// Objects that no kept function mentions are left out.
// Cost: linear in the units.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_LINK_MERGER_H
#define HEDDLE_LINK_MERGER_H

#include "link/Symbols.h"
#include "llvm/ADT/StringSet.h"

namespace heddle::link {

class Merger {
public:
  /// Set: indices of the program's units, in order. IsPartial: others may be
  /// missing.
  Merger(llvm::ArrayRef<ir::Unit> Units, const Symbols &S,
         llvm::ArrayRef<uint32_t> Set, bool IsPartial);
  ir::Unit run();

  /// A virtual call of more than this many functions stays unknown.
  static constexpr size_t MaxOverrides = 16;

private:
  /// Where a function of Out comes from.
  struct Source {
    uint32_t Unit;
    FuncId Id;
    bool HasBody; ///< and keeps it
  };
  /// A lambda or an owned object, found by its place: what it belongs to, its
  /// kind, name, line and column. The file is its owner's, or a macro's.
  using Key = std::tuple<FuncId, unsigned, std::string, uint32_t, uint32_t>;

  // Which functions there are.
  FuncId addFunction(uint32_t Unit, FuncId F, bool HasBody);
  void addDefinitions(uint32_t Unit);
  static Key keyOf(const ir::Function &Lambda, FuncId Parent);
  void eachLambda(
      uint32_t Unit,
      llvm::function_ref<FuncId(FuncId, const ir::Function &, FuncId)> Find);
  void addLambdas(uint32_t Unit);
  void mapLambdas(uint32_t Unit);
  void addDeclarations(uint32_t Unit);
  void judge();
  void findOverriders();

  // What they become.
  void copy(FuncId To);
  FuncId func(FuncId F) const;
  ObjId obj(ObjId O);
  ObjId makeObject(ObjId O);
  ObjId owned(ObjId O, FuncId Owner);
  ObjId newObject(ObjId O, FuncId Owner);
  void span(SourceSpan &S);
  FileId file(FileId F);
  ir::ExprRef expr(const ir::ExprRef &E);
  ir::Operand operand(const ir::Operand &O);
  void operands(std::vector<ir::Operand> &List);
  void callable(ir::Callable &C);
  void addOverrides(ir::Callable &C) const;

  llvm::ArrayRef<ir::Unit> Units;
  const Symbols &S;
  llvm::ArrayRef<uint32_t> Set;
  bool IsWhole;          ///< nothing of the program is missing
  bool IsSingle = false; ///< it has one main at most
  ir::Unit Out;
  uint32_t Here = 0; ///< the unit that ids are read in

  std::vector<Source> Sources;                ///< by FuncId of Out
  std::vector<FuncId> OfEntity;               ///< function entities
  std::vector<ObjId> OfObjectEntity;          ///< object entities
  std::vector<std::vector<FuncId>> Functions; ///< by unit, then FuncId
  std::vector<std::vector<ObjId>> Objects;    ///< by unit, then ObjId
  std::vector<std::vector<FileId>> Files;     ///< by unit, then FileId
  std::map<std::string, FileId> ByPath;
  std::map<Key, FuncId> Lambdas;
  /// What each unit's functions own, by place; made when first needed.
  std::vector<std::map<Key, ObjId>> Owned;
  std::vector<std::vector<FuncId>> Overriders; ///< by FuncId of Out
  llvm::StringSet<> Usrs;
};

//===----------------------------------------------------------------------===//
// Every callable of a function: of its ops, their operands, and bound to those.
//===----------------------------------------------------------------------===//

template <class Visit>
void visitCallable(const ir::Callable &C, const Visit &V);

template <class Visit> void visitOperand(const ir::Operand &O, const Visit &V) {
  if (O.Fn)
    visitCallable(*O.Fn, V);
}

template <class Visit>
void visitCallable(const ir::Callable &C, const Visit &V) {
  V(C);
  for (const ir::Operand &O : C.Bound)
    visitOperand(O, V);
}

template <class Visit>
void eachCallable(const ir::Function &F, const Visit &V) {
  for (const ir::Block &B : F.Blocks) {
    for (const ir::Op &Op : B.Ops) {
      if (Op.Fn.isPresent())
        visitCallable(Op.Fn, V);
      for (const ir::Operand &O : Op.Args)
        visitOperand(O, V);
    }
    visitOperand(B.Term.Value, V);
  }
}

} // namespace heddle::link

#endif // HEDDLE_LINK_MERGER_H

//===- MergeCopy.cpp - Functions into the program -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Merger.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::link;

void Merger::copy(FuncId To) {
  Here = Sources[To.index()].Unit;
  ir::Function F = Units[Here].function(Sources[To.index()].Id);
  if (!Sources[To.index()].HasBody)
    F.Blocks.clear();
  // Two of one name that are not one: internal linkage, or two programs.
  if (!Usrs.insert(F.Usr).second) {
    unsigned N = 2;
    while (!Usrs.insert(F.Usr + "#" + std::to_string(N)).second)
      ++N;
    F.Usr += "#" + std::to_string(N);
  }
  if (uint32_t E = S.function(Here, Sources[To.index()].Id); E != Symbols::None)
    for (const Mention &M : S.functions()[E].Mentions)
      F.IsInternal &= Units[M.Unit].Functions[M.Index].IsInternal;
  if (IsWhole && F.hasBody() && !F.IsMain && !F.IsTest)
    F.IsInternal = true;
  span(F.Loc);
  span(F.End);
  F.Parent = func(F.Parent);
  for (FuncId &Overridden : F.Overrides)
    Overridden = func(Overridden);
  for (ObjId &P : F.Params)
    P = obj(P);
  F.This = obj(F.This);
  for (ir::Block &B : F.Blocks) {
    for (ir::Op &Op : B.Ops) {
      span(Op.Loc);
      Op.Obj = obj(Op.Obj);
      Op.Other = obj(Op.Other);
      Op.Result = obj(Op.Result);
      callable(Op.Fn);
      operands(Op.Args);
    }
    span(B.Term.Loc);
    B.Term.Cond = expr(B.Term.Cond);
    for (ir::SelectCase &C : B.Term.Cases) {
      C.Channel = obj(C.Channel);
      C.Value = operand(C.Value);
      C.Result = obj(C.Result);
      span(C.Loc);
    }
    B.Term.Value = operand(B.Term.Value);
  }
  Out.Functions[To.index()] = std::move(F);
}

FuncId Merger::func(FuncId F) const {
  return F ? Functions[Here][F.index()] : F;
}

FileId Merger::file(FileId F) {
  FileId &Known = Files[Here][F.index()];
  if (!Known) {
    const std::string &Name = Units[Here].file(F);
    auto [It, IsNew] = ByPath.try_emplace(canonicalPath(Name),
                                          FileId(uint32_t(Out.Files.size())));
    if (IsNew)
      Out.Files.push_back(Name);
    Known = It->second;
  }
  return Known;
}

void Merger::span(SourceSpan &S) {
  if (S.File)
    S.File = file(S.File);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

ObjId Merger::obj(ObjId O) {
  if (!O)
    return O;
  // The vector may move meanwhile.
  if (ObjId Known = Objects[Here][O.index()])
    return Known;
  ObjId New = makeObject(O);
  return Objects[Here][O.index()] = New;
}

ObjId Merger::makeObject(ObjId O) {
  const ir::Object &From = Units[Here].object(O);
  if (From.Base) {
    ObjId Base = obj(From.Base);
    size_t Before = Out.Objects.size();
    ObjId New = Out.part(Base, From.Kind, From.Name, From.Type);
    if (Out.Objects.size() == Before)
      return New;
    ir::Object Row = From;
    Row.Base = Base;
    Row.Owner = func(From.Owner);
    span(Row.Loc);
    Out.Objects[New.index()] = std::move(Row);
    return New;
  }
  if (From.Owner)
    return owned(O, func(From.Owner));
  uint32_t E = S.object(Here, O);
  if (E == Symbols::None)
    return newObject(O, FuncId());
  if (OfObjectEntity[E])
    return OfObjectEntity[E];
  // The first definition says what it is; of what is not defined, whoever
  // speaks of it first.
  const Entity &Of = S.objects()[E];
  const Mention *Row = nullptr;
  bool IsExternal = false;
  for (const Mention &M : Of.Mentions) {
    if (Objects[M.Unit].empty())
      continue; // of another program
    IsExternal |= Units[M.Unit].Objects[M.Index].IsExternal;
    if (!Row || (M.IsDefinition && !Row->IsDefinition))
      Row = &M;
  }
  uint32_t Back = Here;
  Here = Row->Unit;
  OfObjectEntity[E] = newObject(ObjId(Row->Index), FuncId());
  Here = Back;
  ir::Object &New = Out.Objects[OfObjectEntity[E].index()];
  New.IsExternal = IsExternal && !(IsWhole && Row->IsDefinition);
  return OfObjectEntity[E];
}

/// A parameter, local, static, ... of Owner.
ObjId Merger::owned(ObjId O, FuncId Owner) {
  const Source &Body = Sources[Owner.index()];
  const ir::Object &From = Units[Here].object(O);
  if (Body.Unit == Here && Body.Id == From.Owner)
    return newObject(O, Owner);
  // Owner's body is another unit's: there it has the same.
  std::map<Key, ObjId> &Index = Owned[Body.Unit];
  const std::vector<ir::Object> &All = Units[Body.Unit].Objects;
  auto KeyOf = [](FuncId Of, const ir::Object &Ob) {
    return Key(Of, unsigned(Ob.Kind), Ob.Name, Ob.Loc.Line, Ob.Loc.Column);
  };
  if (Index.empty())
    for (uint32_t I = 0; I < All.size(); ++I)
      if (All[I].Owner)
        Index.try_emplace(KeyOf(All[I].Owner, All[I]), ObjId(I));
  auto It = Index.find(KeyOf(Body.Id, From));
  if (It == Index.end())
    return newObject(O, Owner);
  uint32_t Back = Here;
  Here = Body.Unit;
  ObjId Found = obj(It->second);
  Here = Back;
  return Found;
}

ObjId Merger::newObject(ObjId O, FuncId Owner) {
  ir::Object New = Units[Here].object(O);
  New.Owner = Owner;
  span(New.Loc);
  Out.Objects.push_back(std::move(New));
  return ObjId(uint32_t(Out.Objects.size() - 1));
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

ir::ExprRef Merger::expr(const ir::ExprRef &E) {
  if (!E)
    return E;
  ObjId O = obj(E->Obj);
  ir::ExprRef Lhs = expr(E->Lhs), Rhs = expr(E->Rhs);
  if (O == E->Obj && Lhs == E->Lhs && Rhs == E->Rhs)
    return E;
  auto New = std::make_shared<ir::Expr>(*E);
  New->Obj = O;
  New->Lhs = std::move(Lhs);
  New->Rhs = std::move(Rhs);
  return New;
}

ir::Operand Merger::operand(const ir::Operand &O) {
  ir::Operand New = O;
  New.Obj = obj(O.Obj);
  New.Value = expr(O.Value);
  if (O.Fn) {
    ir::Callable C = *O.Fn;
    callable(C);
    New.Fn = std::make_shared<const ir::Callable>(std::move(C));
  }
  return New;
}

void Merger::operands(std::vector<ir::Operand> &List) {
  for (ir::Operand &O : List)
    O = operand(O);
}

void Merger::callable(ir::Callable &C) {
  std::vector<FuncId> Targets;
  for (FuncId T : C.Targets)
    if (!llvm::is_contained(Targets, func(T)))
      Targets.push_back(func(T));
  C.Targets = std::move(Targets);
  C.Virtual = func(C.Virtual);
  C.Place = obj(C.Place);
  C.This = obj(C.This);
  operands(C.Bound);
  addOverrides(C);
}

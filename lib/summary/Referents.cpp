//===- Referents.cpp ------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Referents.h"
#include "ir/Flow.h"
#include <algorithm>

namespace heddle::summary {

using ir::ObjectKind;
using ir::Operand;
using ir::OpKind;

/// The member that O is, or is in.
static ObjId memberOf(const ir::Unit &U, ObjId O) {
  for (; O; O = U.object(O).Base)
    if (U.object(O).Kind == ObjectKind::Field && U.object(O).Loc.isValid())
      return O;
  return {};
}

Referents::Referents(const ir::Unit &U) : U(U), Callers(U.Functions.size()) {
  for (const ir::Function &F : U.Functions)
    IsProgram |= F.IsMain;
  findClasses();
  collect();
  solve();
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

bool Referents::isReference(ObjId O) const {
  const ir::Object &Obj = U.object(O);
  return Obj.IsAlias || Obj.Kind == ObjectKind::This;
}

/// A member is its declaration, whoever it is a member of; what has none, as
/// the parts of a library's containers, is part of what it is in.
std::optional<Referents::Key> Referents::key(ObjId O, NodeId Base) const {
  const ir::Object &Obj = U.object(O);
  if (Obj.Kind == ObjectKind::Field && Obj.Loc.isValid())
    return Key{-1, ObjId(), Obj.Loc, Obj.Name};
  if (!Obj.Base)
    return Key{-1, O, SourceSpan(), std::string()};
  if (Base < 0)
    return std::nullopt;
  return Key{Base, ObjId(), SourceSpan(),
             Obj.Kind == ObjectKind::Element ? "[]" : Obj.Name};
}

static bool needsBase(const ir::Object &O) {
  return O.Base && !(O.Kind == ObjectKind::Field && O.Loc.isValid());
}

/// The place that a local name stands for; others are themselves.
ObjId Referents::standsFor(ObjId O) const {
  auto It = BoundTo.find(O);
  return It == BoundTo.end() || It->second.size() != 1 || It->second[0] == O
             ? O
             : It->second[0];
}

Referents::NodeId Referents::node(ObjId O, unsigned Depth) {
  NodeId Base = -1;
  if (needsBase(U.object(O))) {
    ObjId In = U.object(O).Base;
    Base = node(Depth < MaxDepth ? standsFor(In) : In, Depth + 1);
  }
  auto [It, New] = Ids.try_emplace(*key(O, Base), NodeId(Nodes.size()));
  if (New)
    Nodes.emplace_back();
  return It->second;
}

std::optional<Referents::NodeId> Referents::find(ObjId O,
                                                 unsigned Depth) const {
  NodeId Base = -1;
  if (needsBase(U.object(O))) {
    ObjId In = U.object(O).Base;
    std::optional<NodeId> Known =
        find(Depth < MaxDepth ? standsFor(In) : In, Depth + 1);
    if (!Known)
      return std::nullopt;
    Base = *Known;
  }
  auto It = Ids.find(*key(O, Base));
  return It == Ids.end() ? std::nullopt : std::optional(It->second);
}

//===----------------------------------------------------------------------===//
// Who gives what to whom
//===----------------------------------------------------------------------===//

void Referents::findClasses() {
  auto ClassOf = [](const ir::Function &F) {
    size_t Colon = F.Name.rfind("::");
    return Colon == std::string::npos ? std::string() : F.Name.substr(0, Colon);
  };
  std::map<std::string, std::set<FuncId>> Makers;
  for (uint32_t I = 0; I < U.Functions.size(); ++I)
    if (U.Functions[I].IsConstructor)
      Makers[ClassOf(U.Functions[I])].insert(FuncId(I));
  for (const ir::Object &O : U.Objects) {
    if (O.Kind != ObjectKind::Field || !O.Loc.isValid() || !O.Base)
      continue;
    const ir::Object &Base = U.object(O.Base);
    if (Base.Kind != ObjectKind::This || !Base.Owner)
      continue;
    const ir::Function &F = U.function(Base.Owner);
    if (auto It = Makers.find(ClassOf(F)); It != Makers.end())
      MakersOf[O.Loc].insert(It->second.begin(), It->second.end());
  }
}

void Referents::collect() {
  // Names of one function first: places are looked up by them.
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == OpKind::Bind && Op.Obj && !Op.Args.empty() &&
            !U.object(Op.Obj).Base &&
            (Op.Args[0].K != Operand::Kind::None || isReference(Op.Obj))) {
          ObjId To =
              Op.Args[0].K == Operand::Kind::Place ? Op.Args[0].Obj : ObjId();
          std::vector<ObjId> &Bound = BoundTo[Op.Obj];
          if (std::find(Bound.begin(), Bound.end(), To) == Bound.end())
            Bound.push_back(To);
        }
  // A name that stands for itself, in a loop over a list, stands for many.
  for (auto &[Name, Bound] : BoundTo)
    if (std::any_of(Bound.begin(), Bound.end(), [&, Name = Name](ObjId To) {
          return !To || U.root(To) == Name;
        }))
      Bound.assign(2, ObjId());

  for (uint32_t I = 0; I < U.Objects.size(); ++I)
    if (ObjId Base = U.Objects[I].Base)
      if (U.object(Base).Kind != ObjectKind::This)
        PartsOf[Base].push_back(ObjId(I));

  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    const ir::Function &F = U.Functions[I];
    for (uint32_t B = 0; B < F.Blocks.size(); ++B)
      for (const ir::Op &Op : F.Blocks[B].Ops) {
        for (FuncId T : Op.Fn.Targets)
          Callers[T.index()].push_back({FuncId(I), BlockId(B), &Op});
        bool Makes = Op.Kind == OpKind::Make || Op.Kind == OpKind::Bind ||
                     Op.Kind == OpKind::Call;
        if (Makes && Op.Obj && U.object(Op.Obj).Kind == ObjectKind::Temp &&
            !MadeAnew.count(Op.Obj) && ir::isInLoop(F.Blocks, BlockId(B)))
          MadeAnew.insert(Op.Obj);
        auto Mention = [&](const Operand &A) {
          if (A.K == Operand::Kind::Function)
            for (FuncId T : A.Fn->Targets)
              Callers[T.index()].push_back({FuncId(I), BlockId(B), nullptr});
        };
        for (const Operand &A : Op.Args)
          Mention(A);
        for (const Operand &A : Op.Fn.Bound)
          Mention(A);
        if (Op.Kind == OpKind::Bind && Op.Obj && !Op.Args.empty()) {
          flow(Op.Args[0], Op.Obj);
          if (Op.Args.size() > 2 && Op.Args[2].Obj && Op.Args[0].Obj)
            flowParts(Op.Args[2].Obj, Op.Args[0].Obj);
          if (ObjId Member = memberOf(U, standsFor(Op.Obj)))
            GivenAs[U.object(Member).Loc].insert(Member);
          const ir::Object &To = U.object(Op.Obj);
          if (F.IsConstructor && To.Kind == ObjectKind::Field &&
              To.Base == F.This && To.Loc.isValid())
            BoundByMaker.insert(To.Loc);
        }
        if (!Op.Fn.isPresent())
          continue;
        Calls.push_back({&Op.Fn, &Op.Args, Op.Result});
        if (Op.Fn.Place)
          Nodes[node(Op.Fn.Place)].Called.push_back(unsigned(Calls.size()) - 1);
        connect(Call(Calls.back()), Op.Fn);
      }
  }
}

/// Code out of sight can call A with anything.
void Referents::lose(const Operand &A) {
  if (A.K != Operand::Kind::Function)
    return;
  for (FuncId T : A.Fn->Targets)
    for (ObjId Param : U.function(T).Params)
      if (Param)
        Nodes[node(Param)].IsLost = true;
}

void Referents::flow(const Operand &From, ObjId To) {
  NodeId Into = node(To);
  Todo.push_back(Into);
  if (From.K == Operand::Kind::Function) {
    if (!From.Fn->Targets.empty()) {
      Nodes[Into].Holds.insert(unsigned(Known.size()));
      Known.push_back(*From.Fn);
    } else if (From.Fn->Place && From.Fn->Bound.empty()) {
      NodeId Source = node(From.Fn->Place);
      Nodes[Source].Gives.insert(Into);
      Todo.push_back(Source);
    } else {
      Nodes[Into].IsLost = true;
    }
  } else if (From.K == Operand::Kind::Place && From.Obj) {
    NodeId Source = node(From.Obj);
    Nodes[Source].Gives.insert(Into);
    Todo.push_back(Source);
    if (!isReference(To))
      return;
    if (isReference(From.Obj))
      Nodes[Source].Stands.insert(Into);
    else
      Nodes[Into].Denotes.insert(From.Obj);
  } else {
    Nodes[Into].IsLost = true;
  }
}

/// What is a part of From is the same part of To, where that has a name.
void Referents::flowParts(ObjId From, ObjId To) {
  auto It = PartsOf.find(From);
  if (It == PartsOf.end())
    return;
  for (ObjId Part : It->second)
    if (auto Same = PartsOf.find(To); Same != PartsOf.end())
      for (ObjId Other : Same->second)
        if (U.object(Other).Kind == U.object(Part).Kind &&
            U.object(Other).Name == U.object(Part).Name) {
          flow(Operand::place(Part), Other);
          flowParts(Part, Other);
        }
}

void Referents::connect(const Call &C, const ir::Callable &Fn) {
  bool Unseen = Fn.Open || (Fn.Targets.empty() && !Fn.Place);
  if (Unseen)
    for (const Operand &A : *C.Args)
      lose(A);
  for (FuncId T : Fn.Targets) {
    const ir::Function &F = U.function(T);
    if (!F.hasBody()) {
      for (const Operand &A : *C.Args)
        lose(A);
      continue;
    }
    size_t Bound = Fn.Bound.size();
    for (size_t I = 0; I < F.Params.size(); ++I)
      if (F.Params[I] && I < Bound + C.Args->size())
        flow(I < Bound ? Fn.Bound[I] : (*C.Args)[I - Bound], F.Params[I]);
    if (F.This && Fn.This)
      flow(Operand::place(Fn.This), F.This);
    if (!C.Result)
      continue;
    for (const ir::Block &B : F.Blocks)
      if (B.Term.K == ir::Terminator::Kind::Return &&
          B.Term.Value.K != Operand::Kind::None)
        flow(B.Term.Value, C.Result);
  }
}

void Referents::solve() {
  while (!Todo.empty()) {
    NodeId At = Todo.back();
    Todo.pop_back();
    // A callable that is new to a called place is a call of its own.
    std::vector<std::pair<unsigned, unsigned>> New;
    for (unsigned C : Nodes[At].Called)
      for (unsigned H : Nodes[At].Holds)
        New.emplace_back(C, H);
    if (!New.empty() && Nodes[At].Holds.size() <= MaxHeld) {
      for (auto [C, H] : New)
        if (Connected.insert({C, H}).second)
          connect(Call(Calls[C]), ir::Callable(Known[H]));
    }
    auto Pass = [&](NodeId To, bool AsReference) {
      Node &Source = Nodes[At], &Target = Nodes[To];
      size_t Before = Target.Holds.size() + Target.Denotes.size();
      bool WasLost = Target.IsLost;
      if (Target.Holds.size() <= MaxHeld)
        Target.Holds.insert(Source.Holds.begin(), Source.Holds.end());
      if (AsReference && Target.Denotes.size() <= MaxHeld)
        Target.Denotes.insert(Source.Denotes.begin(), Source.Denotes.end());
      Target.IsLost |= AsReference && Source.IsLost;
      if (Target.Holds.size() + Target.Denotes.size() != Before ||
          Target.IsLost != WasLost)
        Todo.push_back(To);
    };
    for (NodeId To : std::set<NodeId>(Nodes[At].Gives))
      if (To != At)
        Pass(To, false);
    for (NodeId To : std::set<NodeId>(Nodes[At].Stands))
      if (To != At)
        Pass(To, true);
  }
}

} // namespace heddle::summary

//===- ReferentAnswers.cpp - What Referents says of places ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Referents.cpp collects who gives what to whom; here it is asked.
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "summary/Referents.h"
#include <algorithm>

namespace heddle::summary {

using ir::ObjectKind;
using ir::Operand;
using ir::OpKind;

/// O is a member of the only object that was ever given something there.
bool Referents::isHeldByOne(ObjId O) const {
  if (!IsProgram)
    return false;
  if (auto It = MakersOf.find(U.object(O).Loc); It != MakersOf.end()) {
    unsigned Made = 0;
    for (FuncId Maker : It->second)
      Made += instancesOf(Maker);
    if (Made == 1)
      return true;
  }
  std::optional<VariablePath> Here = variable(O);
  auto Given = GivenAs.find(U.object(O).Loc);
  return Here && Given != GivenAs.end() &&
         std::all_of(Given->second.begin(), Given->second.end(),
                     [&](ObjId As) { return variable(As) == Here; });
}

std::vector<ir::Callable> Referents::callables(ObjId O) const {
  std::optional<NodeId> At = O ? find(O) : std::nullopt;
  if (!At || Nodes[*At].Holds.empty() || Nodes[*At].Holds.size() > MaxHeld)
    return {};
  std::vector<ir::Callable> Out;
  std::set<std::pair<std::vector<FuncId>, ObjId>> Seen;
  for (unsigned H : Nodes[*At].Holds)
    if (Seen.insert({Known[H].Targets, Known[H].This}).second)
      Out.push_back(Known[H]);
  // One callable in the whole program is the one that runs wherever any does;
  // what it has from where it was made says whether it runs here.
  ObjId Member = memberBehind(O);
  bool IsOne = Out.size() == 1;
  if (Member ? isHeldByOne(Member) ||
                   (IsOne && (BoundByMaker.count(U.object(Member).Loc) ||
                              !hasContext(Out[0])))
             : IsOne)
    return Out;
  return {};
}

/// C uses objects of the function that made it.
/// The member that O is, or is in, or that a name which it starts from stands
/// for a part of.
ObjId Referents::memberBehind(ObjId O) const {
  for (unsigned Depth = 0; O && Depth < MaxDepth; ++Depth) {
    ObjId Other;
    for (ObjId At = O; At && !Other; At = U.object(At).Base) {
      if (U.object(At).Kind == ObjectKind::Field && U.object(At).Loc.isValid())
        return At;
      if (ObjId To = standsFor(At); To != At)
        Other = To;
    }
    O = Other;
  }
  return {};
}

bool Referents::hasContext(const ir::Callable &C) const {
  if (C.This || !C.Bound.empty())
    return true;
  return std::any_of(C.Targets.begin(), C.Targets.end(), [&](FuncId T) {
    auto IsForeign = [&](ObjId O) {
      FuncId Owner = O ? U.object(U.root(O)).Owner : FuncId();
      return Owner && Owner != T;
    };
    for (const ir::Block &B : U.function(T).Blocks)
      for (const ir::Op &Op : B.Ops) {
        if (IsForeign(Op.Obj) || IsForeign(Op.Other) || IsForeign(Op.Fn.This) ||
            IsForeign(Op.Fn.Place))
          return true;
        for (const Operand &A : Op.Args)
          if (A.K == Operand::Kind::Place && IsForeign(A.Obj))
            return true;
      }
    return false;
  });
}

bool Referents::runsOnce(FuncId F) const { return runsOnce(F, 0); }

bool Referents::runsOnce(FuncId F, unsigned Depth) const {
  const ir::Function &Fn = U.function(F);
  const std::vector<Caller> &By = Callers[F.index()];
  if (Fn.IsMain)
    return By.empty();
  if (Depth > MaxDepth || By.size() != 1 || !By[0].Op || Fn.IsTest)
    return false;
  return !ir::isInLoop(U.function(By[0].In).Blocks, By[0].At) &&
         runsOnce(By[0].In, Depth + 1);
}

unsigned Referents::instancesOf(FuncId Constructor) const {
  return instancesOf(Constructor, 0);
}

unsigned Referents::instancesOf(FuncId Constructor, unsigned Depth) const {
  if (Depth > MaxDepth)
    return 2;
  unsigned Count = 0;
  for (const Caller &By : Callers[Constructor.index()]) {
    if (!By.Op || By.Op->Kind != OpKind::Call || !By.Op->Fn.This ||
        U.isSummarised(By.Op->Fn.This))
      return 2;
    const ir::Function &F = U.function(By.In);
    if (F.IsConstructor && F.This && U.root(By.Op->Fn.This) == F.This)
      Count += instancesOf(By.In, Depth + 1);
    else if (!ir::isInLoop(F.Blocks, By.At) && runsOnce(By.In))
      Count += 1;
    else
      return 2;
    if (Count > 1)
      return 2;
  }
  return Count;
}

std::optional<VariablePath> Referents::variable(ObjId O) const {
  return IsProgram && O ? variable(O, 0) : std::nullopt;
}

std::optional<VariablePath> Referents::variable(ObjId O, unsigned Depth) const {
  if (Depth > MaxDepth)
    return std::nullopt;
  const ir::Object &Obj = U.object(O);
  if (isReference(O)) {
    std::optional<NodeId> At = find(O);
    if (!At || Nodes[*At].IsLost || Nodes[*At].Denotes.empty() ||
        Nodes[*At].Denotes.size() > MaxHeld)
      return std::nullopt;
    std::optional<VariablePath> Only;
    for (ObjId Of : Nodes[*At].Denotes) {
      std::optional<VariablePath> One = variable(Of, Depth + 1);
      if (!One || (Only && *One != *Only))
        return std::nullopt;
      Only = std::move(One);
    }
    return Only;
  }
  switch (Obj.Kind) {
  case ObjectKind::Field: {
    std::optional<VariablePath> In = variable(Obj.Base, Depth + 1);
    if (In)
      In->Parts.push_back(Obj.Name);
    return In;
  }
  case ObjectKind::Global:
  case ObjectKind::Static:
    if (Obj.IsThreadLocal)
      return std::nullopt;
    return VariablePath{O, {}};
  case ObjectKind::Local:
  case ObjectKind::Temp:
    if (!Obj.Owner || !runsOnce(Obj.Owner) || BoundTo.count(O) ||
        MadeAnew.count(O))
      return std::nullopt;
    return VariablePath{O, {}};
  default:
    return std::nullopt;
  }
}

} // namespace heddle::summary

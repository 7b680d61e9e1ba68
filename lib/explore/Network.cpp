//===- Network.cpp - What is known of a unit before it is run -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include "ir/Flow.h"
#include <algorithm>
#include <map>
#include <string>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

bool explore::isLoad(const ir::Op &Op) {
  return Op.Kind == OpKind::Atomic && Op.Args.size() == 1 && Op.Args[0].Value &&
         Op.Args[0].Value->Kind == ir::ExprKind::Var &&
         Op.Args[0].Value->Obj == Op.Obj;
}

bool explore::hasUnknown(const ir::ExprRef &E) {
  return E && (E->Kind == ir::ExprKind::Unknown || hasUnknown(E->Lhs) ||
               hasUnknown(E->Rhs));
}

Network::Network(const ir::Unit &U) : U(U) {
  Facts.resize(U.Functions.size());
  TimesSet.resize(U.Objects.size());
  IsReturned.resize(U.Objects.size());
  IsTurn.resize(U.Objects.size());
  std::map<std::string, uint32_t> Keys;
  for (const ir::Object &O : U.Objects) {
    HasPromises |= O.Type == ir::TypeClass::Future;
    std::string Name = O.Kind == ir::ObjectKind::Field ? O.Name : "[]";
    if (Name[0] ==
        '*') // Names for one part: an object of one of several types.
      Name = "*";
    PartKeys.push_back(
        Keys.try_emplace(Name, uint32_t(Keys.size())).first->second);
  }
  ContentKey = Keys.try_emplace("*", uint32_t(Keys.size())).first->second;
  SizeKey = Keys.try_emplace("size()", uint32_t(Keys.size())).first->second;
  for (const ir::Function &F : U.Functions) {
    HasMain |= F.IsMain && F.hasBody();
    for (const ir::Block &B : F.Blocks) {
      if (B.Term.K == ir::Terminator::Kind::Return) {
        Places Returned;
        mention(B.Term, Returned);
        for (ObjId O : Returned)
          IsReturned[O.index()] = true;
      }
      for (const ir::Op &Op : B.Ops) {
        if (isLoad(Op) && Op.Result)
          LookedAt[Op.Result] = Op.Obj;
        if ((Op.Kind == OpKind::Set || Op.Kind == OpKind::Next ||
             Op.Kind == OpKind::Havoc) &&
            Op.Obj)
          ++TimesSet[Op.Obj.index()];
        if (Op.Kind == OpKind::Next && Op.Obj)
          IsTurn[Op.Obj.index()] = true;
        if (Op.Result)
          ++TimesSet[Op.Result.index()];
        for (const ir::Operand &A : Op.Args)
          if (A.K == ir::Operand::Kind::Function && A.Fn)
            for (FuncId T : A.Fn->Targets)
              AddressTaken.push_back(T);
      }
      if (B.Term.K == ir::Terminator::Kind::Branch)
        findComparisons(B.Term.Cond);
    }
  }
  for (size_t I = 0; I < U.Functions.size(); ++I)
    findCaptured(FuncId(uint32_t(I)));
  findUses();
  findGlobals();
  findFutures();
  for (size_t I = 0; I < U.Functions.size(); ++I) {
    findMeetings(FuncId(uint32_t(I)));
    findLoops(FuncId(uint32_t(I)));
    findBusyLoops(FuncId(uint32_t(I)));
    findLiveness(FuncId(uint32_t(I)));
  }
  findEntries();
}

void Network::addComparison(const ir::ExprRef &E, const ir::ExprRef &With) {
  if (E->Kind != ir::ExprKind::Var)
    return;
  if (With->Kind == ir::ExprKind::Int &&
      U.object(E->Obj).Kind == ir::ObjectKind::Field)
    ComparedPart[partKey(E->Obj)].push_back(With);
  else
    Compared[E->Obj].push_back(With);
  if (auto It = LookedAt.find(E->Obj); It != LookedAt.end())
    addComparison(ir::Expr::var(It->second), With);
}

void Network::findComparisons(const ir::ExprRef &E) {
  if (!E || !E->Lhs)
    return;
  if (E->Kind >= ir::ExprKind::Eq && E->Kind <= ir::ExprKind::Ge) {
    addComparison(E->Lhs, E->Rhs);
    addComparison(E->Rhs, E->Lhs);
    return;
  }
  findComparisons(E->Lhs);
  findComparisons(E->Rhs);
}

std::vector<ir::ExprRef> Network::comparedWith(ObjId O) const {
  std::vector<ir::ExprRef> Out;
  if (auto It = Compared.find(O); It != Compared.end())
    Out = It->second;
  if (U.object(O).Kind == ir::ObjectKind::Field)
    if (auto It = ComparedPart.find(partKey(O)); It != ComparedPart.end())
      Out.insert(Out.end(), It->second.begin(), It->second.end());
  return Out;
}

llvm::StringRef explore::classOf(const ir::Function &F) {
  return llvm::StringRef(F.Name).rsplit("::").first;
}

FuncId Network::overrider(FuncId Class,
                          const std::vector<FuncId> &Methods) const {
  // A constructor calls those of its class's bases on the same object.
  std::vector<FuncId> Classes = {Class};
  for (size_t I = 0; I < Classes.size() && I < 16; ++I) {
    const ir::Function &Ctor = U.function(Classes[I]);
    for (FuncId M : Methods)
      if (classOf(U.function(M)) == classOf(Ctor))
        return M;
    for (const ir::Block &B : Ctor.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == OpKind::Call && Op.Obj && Op.Obj == Ctor.This)
          for (FuncId T : Op.Fn.Targets)
            if (U.function(T).IsConstructor)
              Classes.push_back(T);
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

void Network::findMeetings(FuncId F) {
  const auto &Blocks = U.function(F).Blocks;
  FunctionFacts &Fact = Facts[F.index()];
  for (uint32_t B = 0; B < Blocks.size(); ++B) {
    uint32_t To = B;
    auto IsEmpty = [&](const ir::Block &At) {
      return At.Ops.empty() && At.Term.K == ir::Terminator::Kind::Jump;
    };
    // At most once around: a loop of empty blocks is left as it is.
    for (size_t Hop = 0; Hop < Blocks.size() && IsEmpty(Blocks[To]); ++Hop)
      To = Blocks[To].Term.Succs[0].index();
    Fact.Skips.push_back(To);
  }
  std::vector<unsigned> Ways(Blocks.size());
  for (uint32_t B = 0; B < Blocks.size(); ++B) {
    if (Fact.Skips[B] != B)
      continue;
    for (BlockId S : successors(Blocks[B]))
      ++Ways[Fact.Skips[S.index()]];
    for (const ir::Op &Op : Blocks[B].Ops)
      if (Op.Unwind)
        ++Ways[Fact.Skips[Op.Unwind.index()]];
  }
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    Fact.Meetings.push_back(Ways[B] > 1);
}

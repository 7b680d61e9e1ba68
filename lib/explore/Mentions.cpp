//===- Mentions.cpp - Which variables an operation names ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

void Network::mention(ObjId O, Places &Out) const {
  if (O)
    Out.push_back(U.root(O));
}

void Network::mention(const ir::ExprRef &E, Places &Out) const {
  if (!E)
    return;
  if (E->Kind == ir::ExprKind::Var)
    mention(E->Obj, Out);
  mention(E->Lhs, Out);
  mention(E->Rhs, Out);
}

void Network::mention(const ir::Operand &A, Places &Out) {
  mention(A.Obj, Out);
  mention(A.Value, Out);
  if (A.Fn)
    mention(*A.Fn, Out);
}

void Network::mention(const ir::Callable &C, Places &Out) {
  mention(C.Place, Out);
  mention(C.This, Out);
  for (const ir::Operand &A : C.Bound)
    mention(A, Out);
  for (FuncId T : C.Targets) {
    const Places &P = findCaptured(T);
    Out.insert(Out.end(), P.begin(), P.end());
  }
}

void Network::mention(const ir::Op &Op, Places &Out) {
  mention(Op.Obj, Out);
  mention(Op.Other, Out);
  mention(Op.Result, Out);
  mention(Op.Fn, Out);
  for (const ir::Operand &A : Op.Args)
    mention(A, Out);
}

void Network::mention(const ir::Terminator &T, Places &Out) {
  mention(T.Cond, Out);
  mention(T.Value, Out);
  for (const ir::SelectCase &C : T.Cases) {
    mention(C.Channel, Out);
    mention(C.Result, Out);
    mention(C.Value, Out);
  }
}

void Network::findUses() {
  IsUsed.resize(U.Objects.size());
  IsHanded.resize(U.Objects.size());
  auto Hand = [&](const ir::Operand &A) {
    if (A.K == ir::Operand::Kind::Place)
      IsHanded[A.Obj.index()] = true;
  };
  Places Used;
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks) {
      for (const ir::Op &Op : B.Ops) {
        mention(Op.Obj, Used);
        mention(Op.Other, Used);
        mention(Op.Fn, Used);
        for (const ir::Operand &A : Op.Args) {
          mention(A, Used);
          Hand(A);
        }
        std::for_each(Op.Fn.Bound.begin(), Op.Fn.Bound.end(), Hand);
      }
      mention(B.Term.Cond, Used);
      mention(B.Term.Value, Used);
    }
  for (ObjId O : Used)
    IsUsed[O.index()] = true;
  for (const FunctionFacts &F : Facts)
    for (ObjId O : F.Captured)
      IsHanded[O.index()] = true;
}

void Network::findGlobals() {
  auto IsGlobal = [&](ObjId O) {
    return U.object(O).Kind == ir::ObjectKind::Global ||
           U.object(O).Kind == ir::ObjectKind::Static;
  };
  for (size_t I = 0; I < U.Functions.size(); ++I) {
    Places Used;
    std::vector<FuncId> &Calls = Facts[I].Callees;
    auto Look = [&](const ir::Callable &C) {
      Calls.insert(Calls.end(), C.Targets.begin(), C.Targets.end());
    };
    for (const ir::Block &B : U.Functions[I].Blocks) {
      for (const ir::Op &Op : B.Ops) {
        mention(Op, Used);
        Look(Op.Fn);
        for (const ir::Operand &A : Op.Args)
          if (A.Fn)
            Look(*A.Fn);
      }
      mention(B.Term, Used);
    }
    std::erase_if(Used, [&](ObjId O) { return !IsGlobal(O); });
    std::sort(Used.begin(), Used.end());
    Used.erase(std::unique(Used.begin(), Used.end()), Used.end());
    Facts[I].Globals = std::move(Used);
  }
}

std::vector<ObjId> Network::globalsOf(FuncId F) const {
  Places Out;
  std::vector<FuncId> Pending = {F};
  std::vector<bool> Seen(U.Functions.size());
  while (!Pending.empty()) {
    FuncId At = Pending.back();
    Pending.pop_back();
    if (Seen[At.index()])
      continue;
    Seen[At.index()] = true;
    const FunctionFacts &Of = Facts[At.index()];
    Out.insert(Out.end(), Of.Globals.begin(), Of.Globals.end());
    Pending.insert(Pending.end(), Of.Callees.begin(), Of.Callees.end());
  }
  return Out;
}

const Network::Places &Network::findCaptured(FuncId F) {
  FunctionFacts &Fact = Facts[F.index()];
  if (Fact.CapturedKnown)
    return Fact.Captured;
  Fact.CapturedKnown = true; // ends recursion
  Places Out;
  for (const ir::Block &B : U.function(F).Blocks) {
    for (const ir::Op &Op : B.Ops)
      mention(Op, Out);
    mention(B.Term, Out);
  }
  std::erase_if(Out, [&](ObjId O) {
    const ir::Object &Ob = U.object(O);
    bool IsOwn = Ob.Owner == F && Ob.Kind != ir::ObjectKind::Capture;
    return IsOwn || Ob.Kind == ir::ObjectKind::Global ||
           Ob.Kind == ir::ObjectKind::Static;
  });
  std::sort(Out.begin(), Out.end());
  Out.erase(std::unique(Out.begin(), Out.end()), Out.end());
  return Fact.Captured = std::move(Out);
}

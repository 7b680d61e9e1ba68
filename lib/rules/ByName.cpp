//===- ByName.cpp - What a task's lambda names of its maker's -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/ByName.h"
#include "ir/Flow.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::rules {

using ir::ObjectKind;
using summary::PathGraph;
using summary::PathNode;

namespace {
class Finder {
public:
  Finder(const ir::Unit &U, FuncId Maker) : U(U), Maker(Maker) {}

  /// What stands behind branches counts unless the maker goes by the same: who
  /// waits where the task uses something may be just those.
  void look(const ir::Function &Lambda) {
    const std::vector<ObjId> ByMaker = askedBy(U.function(Maker));
    const bool GoTogether = llvm::any_of(askedBy(Lambda), [&](ObjId O) {
      return llvm::is_contained(ByMaker, O);
    });
    for (const ir::Block &B : Lambda.Blocks) {
      if (GoTogether && mayPassBy(Lambda, B))
        continue;
      for (const ir::Op &Op : B.Ops) {
        Loc = Op.Loc;
        // No copy of its own, so that it is looked at by reference: the entry
        // says so for all of the body.
        bool IsHandle =
            Op.Kind == ir::OpKind::Read && Op.How == ir::Mode::Pointer;
        if (IsHandle && GoTogether)
          continue;
        note(Op.Obj, IsHandle);
        note(Op.Other);
        note(Op.Fn);
        for (const ir::Operand &A : Op.Args)
          note(A);
      }
      Loc = B.Term.Loc;
      note(B.Term.Cond);
      note(B.Term.Value);
    }
  }

  std::vector<NamedUse> Found;

private:
  /// What the branches of F go by.
  std::vector<ObjId> askedBy(const ir::Function &F) const {
    std::vector<ObjId> Out;
    for (const ir::Block &B : F.Blocks)
      summary::mentions(B.Term.Cond, [&](ObjId O) {
        Out.push_back(U.root(O));
        return false;
      });
    return Out;
  }

  /// Some way through F does not come by Of.
  static bool mayPassBy(const ir::Function &F, const ir::Block &Of) {
    std::vector<bool> Seen(F.Blocks.size());
    std::vector<size_t> Pending{0};
    while (!Pending.empty()) {
      const size_t At = Pending.back();
      Pending.pop_back();
      if (Seen[At] || &F.Blocks[At] == &Of)
        continue;
      Seen[At] = true;
      if (F.Blocks[At].Term.K == ir::Terminator::Kind::Return)
        return true;
      for (BlockId To : ir::successors(F.Blocks[At]))
        Pending.push_back(To.index());
    }
    return false;
  }

  void note(ObjId O, bool IsHandle = false) {
    if (!O || (IsHandle && U.object(O).Base))
      return;
    const ObjId Root = U.root(O);
    const ir::Object &Own = U.object(Root);
    // A constant may be named without being used.
    bool MayBeFolded = Own.IsConst && Own.Type == ir::TypeClass::Value;
    if (Own.Owner != Maker || Own.IsAlias != IsHandle || Own.IsThreadLocal ||
        MayBeFolded ||
        (Own.Kind != ObjectKind::Local && Own.Kind != ObjectKind::Param))
      return;
    if (llvm::none_of(Found, [&](const NamedUse &N) { return N.Own == Root; }))
      Found.push_back({Root, Loc});
  }

  void note(const ir::ExprRef &E) {
    if (!E)
      return;
    if (E->Kind == ir::ExprKind::Var)
      note(E->Obj);
    note(E->Lhs);
    note(E->Rhs);
  }

  void note(const ir::Operand &A) {
    note(A.Obj);
    note(A.Value);
    if (A.Fn)
      note(*A.Fn);
  }

  /// Of a lambda that is made there, what it names itself is not looked for.
  void note(const ir::Callable &C) {
    note(C.Place);
    note(C.This);
    for (const ir::Operand &A : C.Bound)
      note(A);
  }

  const ir::Unit &U;
  const FuncId Maker;
  SourceSpan Loc;
};
} // namespace

std::vector<NamedUse> usesByName(const ir::Unit &U, const PathGraph &G,
                                 unsigned Task) {
  Finder Named(U, G.Func);
  for (const PathNode &N : G.Nodes) {
    if (N.Spawned != int(Task))
      continue;
    const ir::Op &Spawn =
        U.function(G.Func).Blocks[N.Block.index()].Ops[N.OpIndex];
    for (FuncId T : Spawn.Fn.Targets)
      if (const ir::Function &F = U.function(T);
          F.IsLambda && F.Parent == G.Func)
        Named.look(F);
    break; // Its other starts are of the same spawn.
  }
  return std::move(Named.Found);
}

} // namespace heddle::rules

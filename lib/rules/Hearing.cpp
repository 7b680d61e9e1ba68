//===- Hearing.cpp - Whether a starter could hear of its task -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Hearing.h"
#include "explore/Network.h"
#include "ir/Flow.h"
#include "rules/Wording.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::PathNode;

namespace {
class Listener {
public:
  Listener(const ir::Unit &U, const summary::PathGraph &G, unsigned Task,
           const std::set<SourceSpan> &Changes)
      : U(U), G(G), Task(Task), Blocks(U.function(G.Func).Blocks) {
    for (const Event &E : G.Tasks[Task].Events)
      if (E.Kind == OpKind::Atomic && !E.OnCopy && Changes.contains(E.Loc))
        Atomics.push_back(E.Obj);
  }

  bool hasAtomics() const { return !Atomics.empty(); }

  /// Something that stands between the start of the task and At hears.
  bool hearsBefore(const PathNode &At) {
    const std::vector<bool> Behind = leadingTo(At.Block);
    const bool ComesAgain = ir::isInLoop(Blocks, At.Block);
    std::vector<size_t> From = afterStart();
    for (size_t B = 0; B < Blocks.size(); ++B) {
      const std::vector<ir::Op> &Ops = Blocks[B].Ops;
      size_t End = Ops.size();
      if (B == At.Block.index() && !ComesAgain)
        End = std::min<size_t>(At.OpIndex, End);
      else if (B != At.Block.index() && !Behind[B])
        continue;
      for (size_t I = From[B]; I < End; ++I)
        if (hears(Ops[I]))
          return true;
      if (End == Ops.size() && From[B] <= End && asks(Blocks[B].Term))
        return true;
    }
    return false;
  }

private:
  static constexpr size_t Never = ~size_t(0);

  static std::vector<BlockId> nextOf(const ir::Block &B) {
    std::vector<BlockId> Next = ir::successors(B);
    for (const ir::Op &O : B.Ops)
      if (O.Unwind)
        Next.push_back(O.Unwind);
    return Next;
  }

  /// By block, from which operation on the task may run.
  std::vector<size_t> afterStart() const {
    std::vector<size_t> From(Blocks.size(), Never);
    std::vector<BlockId> Todo;
    for (const PathNode &N : G.Nodes)
      if (llvm::is_contained(N.Starts, Task)) {
        // A callee that starts it may go on itself.
        size_t &Here = From[N.Block.index()];
        Here = std::min<size_t>(Here, N.OpIndex);
        Todo.push_back(N.Block);
      }
    while (!Todo.empty()) {
      BlockId B = Todo.back();
      Todo.pop_back();
      for (BlockId S : nextOf(Blocks[B.index()]))
        if (From[S.index()] != 0) {
          From[S.index()] = 0;
          Todo.push_back(S);
        }
    }
    return From;
  }

  std::vector<bool> leadingTo(BlockId At) const {
    std::vector<bool> Leads(Blocks.size());
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (size_t B = 0; B < Blocks.size(); ++B)
        if (!Leads[B] && llvm::any_of(nextOf(Blocks[B]), [&](BlockId S) {
              return S == At || Leads[S.index()];
            }))
          Leads[B] = Changed = true;
    }
    return Leads;
  }

  static bool asks(const ir::Terminator &T) {
    return T.K == ir::Terminator::Kind::Select;
  }

  bool hears(const ir::Op &Op) {
    switch (Op.Kind) {
    case OpKind::Atomic:
      return !Op.Obj || llvm::any_of(Atomics, [&](ObjId A) {
        return maybeSame(A, Op.Obj);
      });
    case OpKind::Wait:
    case OpKind::Join:
    case OpKind::CondWait:
    case OpKind::Send:
    case OpKind::TrySend:
    case OpKind::Recv:
    case OpKind::TryRecv:
      return true;
    case OpKind::Block:
    case OpKind::Once:
    case OpKind::Call:
      return Op.Fn.isPresent() && hears(Op.Fn);
    case OpKind::End:
      return Op.Obj && U.object(Op.Obj).JoinsAtEnd;
    default:
      return false;
    }
  }

  bool hears(const ir::Callable &C) {
    if (C.Open || C.Targets.empty())
      return true; // It may wait for anything.
    return llvm::any_of(C.Targets, [&](FuncId F) {
      if (!Asked.insert(F).second)
        return false;
      const ir::Function &Callee = U.function(F);
      return !Callee.hasBody() ||
             llvm::any_of(Callee.Blocks, [&](const ir::Block &B) {
               return asks(B.Term) ||
                      llvm::any_of(B.Ops,
                                   [&](const ir::Op &Op) { return hears(Op); });
             });
    });
  }

  /// One atomic, as far as names tell: one that is nothing but a reference may
  /// be any.
  bool maybeSame(ObjId A, ObjId B) const {
    auto IsReference = [&](ObjId O) {
      return U.object(O).IsAlias || U.object(O).Kind == ir::ObjectKind::Element;
    };
    return sameDeclaration(U, A, B) || IsReference(A) || IsReference(B);
  }

  const ir::Unit &U;
  const summary::PathGraph &G;
  const unsigned Task;
  const std::vector<ir::Block> &Blocks;
  std::vector<ObjId> Atomics;
  std::set<FuncId> Asked;
};
} // namespace

const std::set<SourceSpan> &Hearing::changes() {
  if (Changes)
    return *Changes;
  Changes.emplace();
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == OpKind::Atomic && !explore::isLoad(Op))
          Changes->insert(Op.Loc);
  return *Changes;
}

bool Hearing::mayHearByAtomic(const summary::PathGraph &G, unsigned Task,
                              const PathNode &At) {
  Listener L(U, G, Task, changes());
  return L.hasAtomics() && L.hearsBefore(At);
}

} // namespace heddle::rules

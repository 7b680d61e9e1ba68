//===- Liveness.cpp - Which variables a path still reads ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include "ir/Flow.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

static void unite(std::vector<ObjId> &Into, const std::vector<ObjId> &From) {
  if (From.empty())
    return;
  Into.insert(Into.end(), From.begin(), From.end());
  std::sort(Into.begin(), Into.end());
  Into.erase(std::unique(Into.begin(), Into.end()), Into.end());
}

static bool mayHavePromise(ir::TypeClass T) {
  return T == ir::TypeClass::Other || T == ir::TypeClass::Value ||
         T == ir::TypeClass::Callable || T == ir::TypeClass::Future;
}

/// The variable that Op gives a new identity or value, none of the old kept.
ObjId Network::killed(const ir::Op &Op) const {
  switch (Op.Kind) {
  case OpKind::Set: {
    // A pointer still denotes what it did, and who was handed the variable
    // finds the new value there.
    bool Keeps =
        Op.Obj && (U.object(Op.Obj).IsAlias || IsHanded[Op.Obj.index()]);
    return Keeps ? ObjId() : Op.Obj;
  }
  case OpKind::Make:
  case OpKind::Bind:
    return Op.Obj;
  case OpKind::End:
    // What is, or may have, a promise is there, and may keep it, until it ends.
    return Op.Obj && Op.How != ir::Mode::Pointer &&
                   !U.object(Op.Obj).JoinsAtEnd && !isReturned(Op.Obj) &&
                   !(HasPromises && mayHavePromise(U.object(Op.Obj).Type))
               ? Op.Obj
               : ObjId();
  default:
    return ObjId();
  }
}

/// Result is a name that an operation gives a new value: nobody finds the old
/// one there while the operation waits.
static bool isGivenAnew(const ir::Unit &U, ObjId Result,
                        const std::vector<bool> &IsHanded) {
  return Result && !U.object(Result).Base && !U.object(Result).IsAlias &&
         !IsHanded[Result.index()];
}

/// What is live at the end of a block, in view of what is at the starts.
Network::Places
Network::liveAtEnd(const ir::Block &B,
                   const std::vector<std::vector<std::vector<ObjId>>> &Live) {
  Places Now;
  mention(B.Term, Now);
  if (B.Term.K != ir::Terminator::Kind::Select) {
    std::sort(Now.begin(), Now.end());
    Now.erase(std::unique(Now.begin(), Now.end()), Now.end());
    for (BlockId S : successors(B))
      unite(Now, Live[S.index()][0]);
    return Now;
  }
  auto Fresh = [&](ObjId O) { return isGivenAnew(U, O, IsHanded); };
  for (const ir::SelectCase &C : B.Term.Cases)
    if (Fresh(C.Result))
      std::erase(Now, C.Result);
  std::sort(Now.begin(), Now.end());
  Now.erase(std::unique(Now.begin(), Now.end()), Now.end());
  for (const ir::SelectCase &C : B.Term.Cases) {
    Places Then = Live[C.Target.index()][0];
    if (Fresh(C.Result))
      std::erase(Then, C.Result);
    unite(Now, Then);
  }
  return Now;
}

void Network::findLiveness(FuncId F) {
  const auto &Blocks = U.function(F).Blocks;
  size_t Points = 0;
  for (const ir::Block &B : Blocks)
    Points += B.Ops.size() + 1;
  if (Points > MaxPoints)
    return;
  auto &Live = Facts[F.index()].Live;
  Live.resize(Blocks.size());
  for (size_t B = 0; B < Blocks.size(); ++B)
    Live[B].resize(Blocks[B].Ops.size() + 1);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (size_t B = Blocks.size(); B-- > 0;) {
      Places Now = liveAtEnd(Blocks[B], Live);
      for (size_t I = Blocks[B].Ops.size();; --I) {
        Places &Known = Live[B][I];
        if (Known != Now) {
          Known = Now;
          Changed = true;
        }
        if (I == 0)
          break;
        const ir::Op &Op = Blocks[B].Ops[I - 1];
        ObjId Killed = killed(Op);
        Places Uses;
        mention(Op, Uses);
        if (Killed) {
          std::erase(Now, Killed);
          auto Self = std::find(Uses.begin(), Uses.end(), Killed);
          if (Self != Uses.end())
            Uses.erase(Self); // the target; operands mention it again
        }
        if (isGivenAnew(U, Op.Result, IsHanded) && Op.Result != Killed) {
          std::erase(Now, Op.Result);
          auto Self = std::find(Uses.begin(), Uses.end(), Op.Result);
          if (Self != Uses.end())
            Uses.erase(Self);
        }
        std::sort(Uses.begin(), Uses.end());
        Uses.erase(std::unique(Uses.begin(), Uses.end()), Uses.end());
        unite(Now, Uses);
        if (Op.Unwind)
          unite(Now, Live[Op.Unwind.index()][0]);
      }
    }
  }
}

const std::vector<ObjId> *Network::liveAt(FuncId F, uint32_t Block,
                                          uint32_t Op) const {
  const auto &Live = Facts[F.index()].Live;
  return Live.empty() ? nullptr : &Live[Block][Op];
}

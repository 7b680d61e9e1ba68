//===- LastDone.cpp -------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/LastDone.h"
#include "rules/Wording.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::rules;
using ir::OpKind;

/// Runs because a scope ends, and waits for nobody.
static bool endsScope(const ir::Op &Op) {
  return Op.Kind == OpKind::End || Op.Kind == OpKind::GuardEnd;
}

/// The operations from Index of block B to the function's end are all Allowed.
template <class Predicate>
static bool restIs(const ir::Function &F, BlockId B, unsigned Index,
                   const Predicate &Allowed) {
  // Scopes end in a chain of blocks; it is a loop when it is longer than F.
  for (size_t Turn = 0; Turn < F.Blocks.size(); ++Turn) {
    const ir::Block &Block = F.Blocks[B.index()];
    if (!std::all_of(Block.Ops.begin() + Index, Block.Ops.end(), Allowed))
      return false;
    if (Block.Term.K == ir::Terminator::Kind::Return)
      return true;
    if (Block.Term.K != ir::Terminator::Kind::Jump)
      return false;
    B = Block.Term.Succs[0];
    Index = 0;
  }
  return false;
}

bool rules::endsFunction(const ir::Function &F, BlockId B, unsigned Index) {
  return restIs(F, B, Index,
                [](const ir::Op &Op) { return Op.Deferred || endsScope(Op); });
}

/// The counter has a name at the top of F already, and the same one.
static bool isNamedOutside(const ir::Unit &U, ObjId Counter, FuncId F) {
  if (U.isSummarised(Counter))
    return false;
  const ir::Object &Root = U.object(U.root(Counter));
  switch (Root.Kind) {
  case ir::ObjectKind::Local:
  case ir::ObjectKind::Static:
    return Root.Owner != F;
  case ir::ObjectKind::Temp:
  case ir::ObjectKind::Field:
  case ir::ObjectKind::Element:
    return false;
  case ir::ObjectKind::Global:
  case ir::ObjectKind::Param:
  case ir::ObjectKind::This:
  case ir::ObjectKind::Capture:
    return true;
  }
  return false;
}

/// A variable, or a member of `this` that is named without it.
static std::string firstName(const ir::Unit &U, ObjId Counter) {
  ObjId At = Counter;
  while (U.object(At).Base &&
         U.object(U.object(At).Base).Kind != ir::ObjectKind::This)
    At = U.object(At).Base;
  return U.object(At).Name;
}

std::optional<Deferral> rules::deferralOf(const ir::Unit &U, SourceSpan Done) {
  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    const ir::Function &F = U.Functions[I];
    const ir::Op *Found = nullptr;
    unsigned Others = 0;
    for (uint32_t B = 0; B < F.Blocks.size(); ++B)
      for (unsigned N = 0; N < F.Blocks[B].Ops.size(); ++N) {
        const ir::Op &Op = F.Blocks[B].Ops[N];
        if (Op.Kind != OpKind::Done)
          continue;
        if (Op.Loc != Done)
          ++Others;
        else if (!Op.Deferred && !Found &&
                 restIs(F, BlockId(B), N + 1, endsScope))
          Found = &Op;
      }
    if (!Found)
      continue;
    if (Others || !F.Loc.isValid() || !F.End.isValid() ||
        !isNamedOutside(U, Found->Obj, FuncId(I)))
      return std::nullopt;
    return Deferral{Found->Loc, F.Loc, F.End, firstName(U, Found->Obj)};
  }
  return std::nullopt;
}

//===- ChannelFacts.cpp ---------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/ChannelFacts.h"
#include <algorithm>

namespace heddle::rules {

using ir::OpKind;

ChannelFacts::ChannelFacts(const ir::Unit &U) : U(U) {
  auto Mark = [&](std::set<SourceSpan> &In, const ir::Operand &A) {
    if (A.K == ir::Operand::Kind::Place && A.Obj)
      In.insert(U.object(A.Obj).Loc);
  };
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks) {
      Mark(Shared, B.Term.Value);
      for (const ir::Op &Op : B.Ops) {
        if (Op.Kind == OpKind::Escape && Op.Obj)
          Unseen.insert(U.object(Op.Obj).Loc);
        for (const ir::Operand &A : Op.Args)
          if (Op.Kind == OpKind::Call || Op.Kind == OpKind::Bind ||
              Op.Kind == OpKind::Spawn)
            Mark(Op.Kind == OpKind::Call && Op.Fn.Targets.empty() ? Unseen
                                                                  : Shared,
                 A);
        if (Op.Kind != OpKind::Make || !Op.Obj ||
            U.object(Op.Obj).Type != ir::TypeClass::Channel)
          continue;
        unsigned Holds = Many;
        if (!Op.Args.empty() && Op.Args[0].Value &&
            Op.Args[0].Value->Kind == ir::ExprKind::Int &&
            Op.Args[0].Value->Value >= 0 && Op.Args[0].Value->Value < Many)
          Holds = unsigned(Op.Args[0].Value->Value);
        unsigned &Known = Room[U.object(Op.Obj).Loc];
        Known = std::max(Known, Holds);
      }
    }
}

} // namespace heddle::rules

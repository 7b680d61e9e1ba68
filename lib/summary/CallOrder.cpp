//===- CallOrder.cpp ------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "summary/CallOrder.h"
#include <algorithm>

namespace heddle::summary {

namespace {
using Edges = std::vector<std::vector<uint32_t>>;

/// Cycles of more functions than this are not taken together: each round walks
/// them all.
constexpr size_t MaxTogether = 24;

/// Each function after those that Uses leads to, from Roots in their order;
/// Each gets those that one root added.
template <class Visit>
void postorder(const Edges &Uses, const std::vector<uint32_t> &Roots,
               const Visit &Each) {
  std::vector<bool> Seen(Uses.size());
  std::vector<std::pair<uint32_t, size_t>> Stack;
  for (uint32_t Root : Roots) {
    if (Seen[Root])
      continue;
    std::vector<uint32_t> Found;
    Stack.push_back({Root, 0});
    Seen[Root] = true;
    while (!Stack.empty()) {
      auto &[F, Next] = Stack.back();
      if (Next == Uses[F].size()) {
        Found.push_back(F);
        Stack.pop_back();
        continue;
      }
      uint32_t To = Uses[F][Next++];
      if (!Seen[To]) {
        Seen[To] = true;
        Stack.push_back({To, 0});
      }
    }
    Each(Found);
  }
}

/// Those that lead to each other, callees first, in postorder within.
std::vector<std::vector<uint32_t>> components(const Edges &Uses) {
  std::vector<uint32_t> All(Uses.size()), Order;
  for (uint32_t F = 0; F < All.size(); ++F)
    All[F] = F;
  postorder(Uses, All, [&](const std::vector<uint32_t> &Found) {
    Order.insert(Order.end(), Found.begin(), Found.end());
  });
  std::vector<uint32_t> Place(Uses.size());
  for (uint32_t I = 0; I < Order.size(); ++I)
    Place[Order[I]] = I;
  Edges UsedBy(Uses.size());
  for (uint32_t F = 0; F < Uses.size(); ++F)
    for (uint32_t To : Uses[F])
      UsedBy[To].push_back(F);
  std::vector<std::vector<uint32_t>> Out;
  postorder(
      UsedBy, {Order.rbegin(), Order.rend()}, [&](std::vector<uint32_t> Found) {
        std::sort(Found.begin(), Found.end(),
                  [&](uint32_t A, uint32_t B) { return Place[A] < Place[B]; });
        Out.push_back(std::move(Found));
      });
  std::reverse(Out.begin(), Out.end());
  return Out;
}

/// What functions mention, and of that what they call or start.
struct Mentions {
  Edges Uses, Calls;

  Mentions(const ir::Unit &U, const Referents &Refs)
      : Uses(U.Functions.size()), Calls(U.Functions.size()) {
    for (uint32_t F = 0; F < U.Functions.size(); ++F)
      for (const ir::Block &B : U.Functions[F].Blocks)
        for (const ir::Op &Op : B.Ops) {
          bool IsCall = Op.Kind == ir::OpKind::Call ||
                        Op.Kind == ir::OpKind::Once ||
                        Op.Kind == ir::OpKind::Spawn;
          mention(Refs, F, Op.Fn, IsCall);
          for (const auto *Args : {&Op.Fn.Bound, &Op.Args})
            for (const ir::Operand &A : *Args)
              if (A.K == ir::Operand::Kind::Function)
                mention(Refs, F, *A.Fn, false);
        }
  }

private:
  void mention(const Referents &Refs, uint32_t F, const ir::Callable &C,
               bool IsCall) {
    auto Add = [&](const std::vector<FuncId> &Targets) {
      for (FuncId T : Targets) {
        Uses[F].push_back(T.index());
        if (IsCall)
          Calls[F].push_back(T.index());
      }
    };
    Add(C.Targets);
    if (C.Targets.empty() && C.Place)
      for (const ir::Callable &Held : Refs.callables(C.Place))
        Add(Held.Targets);
  }
};
} // namespace

std::vector<CallGroup> bottomUp(const ir::Unit &U, const Referents &Refs) {
  Mentions M(U, Refs);
  // By what it is in a cycle of calls with; none when in no such cycle.
  std::vector<const std::vector<uint32_t> *> CycleOf(U.Functions.size());
  const std::vector<std::vector<uint32_t>> Cycles = components(M.Calls);
  for (const std::vector<uint32_t> &C : Cycles) {
    const std::vector<uint32_t> &First = M.Calls[C[0]];
    bool IsRecursive = C.size() > 1 || std::find(First.begin(), First.end(),
                                                 C[0]) != First.end();
    if (IsRecursive && C.size() <= MaxTogether)
      for (uint32_t F : C)
        CycleOf[F] = &C;
  }
  std::vector<CallGroup> Out;
  std::vector<bool> Done(U.Functions.size());
  for (const std::vector<uint32_t> &Component : components(M.Uses))
    for (uint32_t F : Component) {
      if (Done[F])
        continue;
      CallGroup Group;
      Group.IsRecursive = CycleOf[F] != nullptr;
      for (uint32_t X : CycleOf[F] ? *CycleOf[F] : std::vector<uint32_t>{F}) {
        Group.Functions.push_back(FuncId(X));
        Done[X] = true;
      }
      Out.push_back(std::move(Group));
    }
  return Out;
}

} // namespace heddle::summary

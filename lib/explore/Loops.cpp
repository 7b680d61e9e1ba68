//===- Loops.cpp - Loops, and which of them matter ------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include "ir/Flow.h"
#include "summary/Values.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

/// Where control goes from B when what its branch asks is written there:
/// `while (true)` has no way out.
static std::vector<BlockId> takenFrom(const ir::Block &B) {
  const ir::Terminator &T = B.Term;
  if (T.K == ir::Terminator::Kind::Branch && T.Cond &&
      T.Cond->Kind == ir::ExprKind::Int)
    return {T.Succs[T.Cond->Value ? 0 : 1]};
  return successors(B);
}

/// Strongly connected components, without recursion (path-based).
void Network::findLoops(FuncId F) {
  const auto &Blocks = U.function(F).Blocks;
  size_t N = Blocks.size();
  auto &Loops = Facts[F.index()].Loops;
  Loops.assign(N, LoopKind::None);
  std::vector<std::vector<BlockId>> Succs;
  for (const ir::Block &B : Blocks)
    Succs.push_back(takenFrom(B));
  std::vector<uint32_t> Order(N, 0), Component(N, 0);
  std::vector<uint32_t> Stack, Path;
  std::vector<std::pair<uint32_t, size_t>> Walk;
  uint32_t Count = 0, Components = 0;
  for (uint32_t Root = 0; Root < N; ++Root) {
    if (Order[Root])
      continue;
    Walk.push_back({Root, 0});
    while (!Walk.empty()) {
      auto &[B, Next] = Walk.back();
      if (Next == 0) {
        Order[B] = ++Count;
        Stack.push_back(B);
        Path.push_back(B);
      }
      if (Next < Succs[B].size()) {
        uint32_t To = Succs[B][Next++].index();
        if (!Order[To])
          Walk.push_back({To, 0});
        else if (!Component[To])
          while (Order[Path.back()] > Order[To])
            Path.pop_back();
        continue;
      }
      if (Path.back() == B) {
        Path.pop_back();
        ++Components;
        uint32_t Member;
        do {
          Member = Stack.back();
          Stack.pop_back();
          Component[Member] = Components;
        } while (Member != B);
      }
      Walk.pop_back();
    }
  }
  std::vector<bool> Cyclic(Components + 1), Leaves(Components + 1);
  for (uint32_t B = 0; B < N; ++B)
    for (BlockId S : Succs[B])
      (Component[S.index()] == Component[B] ? Cyclic : Leaves)[Component[B]] =
          true;
  for (uint32_t B = 0; B < N; ++B)
    if (Cyclic[Component[B]])
      Loops[B] = Leaves[Component[B]] ? LoopKind::WithExit : LoopKind::Endless;
  Facts[F.index()].Components = std::move(Component);
}

//===----------------------------------------------------------------------===//
// Idle loops
//===----------------------------------------------------------------------===//

bool explore::isCount(const ir::Op &Op) {
  return Op.Kind == OpKind::Atomic && Op.Obj && Op.Args.size() == 1 &&
         Op.Args[0].Value &&
         (Op.Args[0].Value->Kind == ir::ExprKind::Plus ||
          Op.Args[0].Value->Kind == ir::ExprKind::Minus);
}

/// A bit for each kind of operation in B and in what it calls, without counts
/// in B when those do not matter.
uint64_t Network::opsOf(const ir::Block &B, bool WithCounts) const {
  Future All;
  for (const ir::Op &Op : B.Ops) {
    if (!WithCounts && isCount(Op))
      continue;
    All.Ops |= Future::bit(Op.Kind);
    if (Op.Fn.isPresent())
      addCallees(Op.Fn, All);
  }
  return All.Ops;
}

/// Nothing but computing is done in B, and no choice made; counting in atomics
/// passes for that when MayCount.
bool Network::isIdle(const ir::Block &B, bool MayCount) const {
  constexpr OpKind Idle[] = {
      OpKind::Set,  OpKind::Next, OpKind::Havoc, OpKind::Read, OpKind::Write,
      OpKind::Bind, OpKind::End,  OpKind::Shift, OpKind::Call, OpKind::Make};
  if (B.Term.K == ir::Terminator::Kind::Select)
    return false;
  uint64_t Ops = opsOf(B, !MayCount);
  for (OpKind K : Idle)
    Ops &= ~Future::bit(K);
  return !Ops;
}

bool Network::leavesSpawnLoop(FuncId F, uint32_t From, BlockId To) const {
  const auto &Component = Facts[F.index()].Components;
  if (loopOf(F, From) != LoopKind::WithExit ||
      Component[To.index()] == Component[From])
    return false;
  const auto &Blocks = U.function(F).Blocks;
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    if (Component[B] == Component[From] &&
        (opsOf(Blocks[B]) & Future::bit(OpKind::Spawn)))
      return true;
  return false;
}

BlockId Network::wayOutOfIdleLoop(FuncId F, uint32_t Block) const {
  if (loopOf(F, Block) != LoopKind::WithExit)
    return {};
  const auto &Blocks = U.function(F).Blocks;
  const auto &Component = Facts[F.index()].Components;
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    if (Component[B] == Component[Block] && !isIdle(Blocks[B], true))
      return {};
  for (BlockId To : successors(Blocks[Block]))
    if (Component[To.index()] != Component[Block])
      return To;
  return {};
}

/// Body begins the turns of a loop that goes by Turn: whether more is done in
/// one, before the head asks again, than to compute.
bool Network::isBusyLoop(FuncId F, uint32_t Body, ObjId Turn) const {
  const auto &Blocks = U.function(F).Blocks;
  auto IsHead = [&](uint32_t B) {
    return Blocks[B].Term.K == ir::Terminator::Kind::Branch &&
           summary::mentions(Blocks[B].Term.Cond,
                             [&](ObjId O) { return O == Turn; });
  };
  // What can be reached in a turn, and of that what leads to the next one.
  std::vector<bool> Reached(Blocks.size());
  std::vector<uint32_t> Order{Body};
  Reached[Body] = true;
  for (size_t I = 0; I < Order.size(); ++I)
    if (!IsHead(Order[I]))
      for (BlockId S : successors(Blocks[Order[I]]))
        if (!Reached[S.index()]) {
          Reached[S.index()] = true;
          Order.push_back(S.index());
        }
  std::vector<bool> Returns(Blocks.size());
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (size_t I = Order.size(); I-- > 0;) {
      uint32_t B = Order[I];
      bool Does = IsHead(B);
      for (BlockId S : successors(Blocks[B]))
        Does |= Returns[S.index()];
      Changed |= Does && !Returns[B];
      Returns[B] = Returns[B] || Does;
    }
  }
  for (uint32_t B : Order)
    if (Returns[B] && !IsHead(B) && !isIdle(Blocks[B]))
      return true;
  return false;
}

void Network::findBusyLoops(FuncId F) {
  const auto &Blocks = U.function(F).Blocks;
  auto &Busy = Facts[F.index()].BusyTurns;
  Busy.resize(Blocks.size());
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    for (const ir::Op &Op : Blocks[B].Ops)
      if (Op.Kind == OpKind::Next && Op.Obj)
        Busy[B] = Busy[B] || isBusyLoop(F, B, Op.Obj);
}

//===- Ranges.cpp - Loops that a channel's close ends ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `for (x : c)`, `while (auto x = c.Recv())` and a loop that breaks when the
// receive gave nothing are one thing: some way out of the loop is decided by
// what the receive gave, directly or by way of variables set from it.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "ir/Flow.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

static bool mentionsAny(const ir::ExprRef &E, const std::vector<ObjId> &Known) {
  return summary::mentions(E, [&](ObjId O) {
    return std::find(Known.begin(), Known.end(), O) != Known.end();
  });
}

bool Network::returnsWithout(FuncId F, uint32_t Block) const {
  const auto &Blocks = U.function(F).Blocks;
  std::vector<bool> Seen(Blocks.size());
  std::vector<uint32_t> Next;
  auto Visit = [&](uint32_t B) {
    if (B != Block && !Seen[B])
      Next.push_back(B), Seen[B] = true;
  };
  Visit(0);
  while (!Next.empty()) {
    const ir::Block &B = Blocks[Next.back()];
    Next.pop_back();
    if (B.Term.K == ir::Terminator::Kind::Return)
      return true;
    for (BlockId To : ir::successors(B))
      Visit(To.index());
  }
  return false;
}

LoopEnd Network::endOf(FuncId F, uint32_t Block, ObjId Result) const {
  if (loopOf(F, Block) == LoopKind::None)
    return {};
  if (loopOf(F, Block) == LoopKind::Endless)
    return {true, false};
  const auto &Blocks = U.function(F).Blocks;
  const auto &Component = Facts[F.index()].Components;
  std::vector<ObjId> Known{Result}, Lost;
  auto IsKnown = [&](const ir::Operand &A) {
    return (A.K == ir::Operand::Kind::Place &&
            std::find(Known.begin(), Known.end(), A.Obj) != Known.end()) ||
           mentionsAny(A.Value, Known);
  };
  // What is set from it, through at most so many variables.
  constexpr unsigned Hops = 3;
  for (unsigned Hop = 0; Hop < Hops; ++Hop)
    for (uint32_t B = 0; B < Blocks.size(); ++B) {
      if (Component[B] != Component[Block])
        continue;
      for (const ir::Op &Op : Blocks[B].Ops) {
        ObjId To = Op.Kind == OpKind::Set || Op.Kind == OpKind::Bind ? Op.Obj
                   : Op.Kind == OpKind::Call                         ? Op.Result
                                                                     : ObjId();
        if (To && std::find(Known.begin(), Known.end(), To) == Known.end()) {
          if (std::any_of(Op.Args.begin(), Op.Args.end(), IsKnown))
            Known.push_back(To);
          else if (Op.Kind == OpKind::Call ||
                   (!Op.Args.empty() && hasUnknown(Op.Args[0].Value)))
            Lost.push_back(To);
        }
        if (Op.Kind == OpKind::Havoc)
          Lost.push_back(Op.Obj);
      }
    }
  LoopEnd Out;
  for (uint32_t B = 0; B < Blocks.size(); ++B) {
    const ir::Terminator &T = Blocks[B].Term;
    if (Component[B] != Component[Block] ||
        std::none_of(T.Succs.begin(), T.Succs.end(), [&](BlockId To) {
          return Component[To.index()] != Component[Block];
        }))
      continue;
    if (mentionsAny(T.Cond, Known))
      Out.ByResult = true;
    else if (!T.Cond || hasUnknown(T.Cond) ||
             summary::mentions(T.Cond, [&](ObjId O) {
               for (; O; O = U.object(O).Base)
                 if (std::find(Lost.begin(), Lost.end(), O) != Lost.end())
                   return true;
               return false;
             }))
      Out.ByData = true;
    Out.Otherwise |= summary::mentions(T.Cond, [&](ObjId O) {
      for (O = U.object(O).Base; O; O = U.object(O).Base)
        if (std::find(Known.begin(), Known.end(), O) != Known.end())
          return true;
      return false;
    });
  }
  return Out;
}

/// How the loop ends in which the receive is that T stands before.
LoopEnd Machine::rangeEnd(const Task &T, ObjId Result) const {
  bool Otherwise = false;
  for (auto F = T.Stack.rbegin(); F != T.Stack.rend(); ++F) {
    if (Net.loopOf(F->Function, F->Block) != LoopKind::None) {
      LoopEnd End = Net.endOf(F->Function, F->Block, Result);
      End.Otherwise |= Otherwise;
      return End;
    }
    if (F + 1 == T.Stack.rend())
      break;
    Otherwise |= Net.returnsWithout(F->Function, F->Block);
    // A function that receives one: what it returns says the same.
    const Frame &Caller = *(F + 1);
    const auto &Ops = U.function(Caller.Function).Blocks[Caller.Block].Ops;
    Result = Caller.Op < Ops.size() ? Ops[Caller.Op].Result : ObjId();
  }
  return {};
}

/// Nobody who is left, besides those who wait for Counter too, could count it
/// down.
bool Machine::isShort(State &S, int Counter) {
  for (unsigned I = 0; I < S.Tasks.size(); ++I) {
    if (S.Tasks[I].State == Task::Status::Done)
      continue;
    if (S.Tasks[I].Counter == Counter)
      return false;
    const ir::Op *Op = nextOp(S, I);
    if (Op && Op->Kind == OpKind::Wait && Op->Obj &&
        resolve(S, S.Tasks[I].Stack.back().Env, Op->Obj) == Counter)
      continue; // What comes after that wait is no help.
    if (futureOf(S.Tasks[I]).Ops & Future::bit(OpKind::Done))
      return false;
  }
  return true;
}

//===- Futures.cpp - What may still be done from some point on ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include "ir/Flow.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

uint64_t Network::valueBit(ObjId O) const {
  const ir::Object &Ob = U.object(O);
  if (Ob.IsAlias && !Ob.Base)
    return ~uint64_t(0); // whatever it is a name for
  uint64_t H = Ob.Base ? 0x10000 + partKey(O) : O.index();
  return uint64_t(1) << ((H * 0x9e3779b97f4a7c15ull) >> 58);
}

static void addReads(const Network &N, const ir::ExprRef &E, Future &Out) {
  if (!E)
    return;
  if (E->Kind == ir::ExprKind::Var)
    Out.Reads |= N.valueBit(E->Obj);
  addReads(N, E->Lhs, Out);
  addReads(N, E->Rhs, Out);
}

static void addReads(const Network &N, const ir::Operand &A, Future &Out) {
  addReads(N, A.Value, Out);
  if (A.Obj)
    Out.Reads |= N.valueBit(A.Obj);
}

/// Every function that C may be has a body here.
static bool isSeen(const ir::Unit &U, const ir::Callable &C) {
  return !C.Open && !C.Place && !C.Targets.empty() &&
         llvm::all_of(C.Targets,
                      [&](FuncId T) { return U.function(T).hasBody(); });
}

/// What Op does itself, without what it calls.
static Future futureOf(const Network &N, const ir::Op &Op) {
  Future Out;
  Out.Ops |= Future::bit(Op.Kind);
  if (Op.Kind == OpKind::Havoc)
    Out.Writes = ~uint64_t(0);
  if ((Op.Kind == OpKind::Set || Op.Kind == OpKind::Next ||
       (Op.Kind == OpKind::Atomic && !isLoad(Op)) ||
       Op.Kind == OpKind::Write) &&
      Op.Obj)
    Out.Writes |= N.valueBit(Op.Obj);
  if (Op.Kind == OpKind::Atomic && Op.Obj)
    Out.Reads |= N.valueBit(Op.Obj);
  if (Op.Result)
    Out.Writes |= N.valueBit(Op.Result);
  // What a function that is seen writes is said by its own body.
  const bool IsUnseen = Op.Kind == OpKind::Call && !isSeen(N.unit(), Op.Fn);
  for (const ir::Operand &A : Op.Args) {
    addReads(N, A, Out);
    if (IsUnseen && A.Obj)
      Out.Writes |= N.valueBit(A.Obj);
  }
  return Out;
}

static Future futureOf(const Network &N, const ir::Terminator &Term) {
  Future Out;
  addReads(N, Term.Cond, Out);
  addReads(N, Term.Value, Out);
  for (const ir::SelectCase &C : Term.Cases) {
    Out.Ops |= Future::bit(C.K == ir::SelectCase::Kind::Send ? OpKind::Send
                                                             : OpKind::Recv);
    if (C.Result)
      Out.Writes |= N.valueBit(C.Result);
    addReads(N, C.Value, Out);
  }
  return Out;
}

void Network::addCallees(const ir::Callable &C, Future &Out) const {
  if (C.Place)
    Out |= AnyClosure;
  for (FuncId T : C.Targets)
    if (U.function(T).hasBody())
      Out |= Facts[T.index()].Futures[0][0];
}

/// Fills in the futures of one block from those of its successors and callees.
/// \returns whether that at its start has grown.
bool Network::findFutures(FunctionFacts &Of, const ir::Block &B,
                          std::vector<Future> &At) const {
  Future New = futureOf(*this, B.Term);
  for (BlockId S : successors(B))
    New |= Of.Futures[S.index()][0];
  At[B.Ops.size()] = New;
  for (size_t I = B.Ops.size(); I-- > 0;) {
    const ir::Op &Op = B.Ops[I];
    New |= futureOf(*this, Op);
    if (Op.Fn.isPresent())
      addCallees(Op.Fn, New);
    if (Op.Unwind)
      New |= Of.Futures[Op.Unwind.index()][0];
    if (I > 0)
      At[I] = New;
  }
  return std::exchange(At[0], New) != New;
}

void Network::findFutures() {
  for (size_t I = 0; I < U.Functions.size(); ++I)
    for (const ir::Block &B : U.Functions[I].Blocks)
      Facts[I].Futures.emplace_back(B.Ops.size() + 1);
  // Grows only, so it ends: a chain is at most as long as there are bits, and
  // in practice as the call graph is deep.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (FuncId T : AddressTaken)
      if (U.function(T).hasBody())
        AnyClosure |= Facts[T.index()].Futures[0][0];
    for (size_t I = U.Functions.size(); I-- > 0;) {
      const auto &Blocks = U.Functions[I].Blocks;
      for (size_t B = Blocks.size(); B-- > 0;)
        Changed |= findFutures(Facts[I], Blocks[B], Facts[I].Futures[B]);
    }
  }
}

bool Network::onlyComputes(FuncId F) const {
  constexpr OpKind Idle[] = {OpKind::Make,  OpKind::Bind, OpKind::Call,
                             OpKind::Set,   OpKind::Next, OpKind::Shift,
                             OpKind::Havoc, OpKind::Read, OpKind::Write};
  uint64_t Others = futureFrom(F, 0, 0).Ops;
  for (OpKind K : Idle)
    Others &= ~Future::bit(K);
  return Others == 0;
}

Future Network::futureAfter(FuncId F, uint32_t Block, uint32_t Op) const {
  const ir::Op &Calls = U.function(F).Blocks[Block].Ops[Op];
  Future Out = futureFrom(F, Block, Op + 1);
  if (Calls.Result)
    Out.Writes |= valueBit(Calls.Result);
  if (Calls.Unwind)
    Out |= futureFrom(F, Calls.Unwind.index(), 0);
  return Out;
}

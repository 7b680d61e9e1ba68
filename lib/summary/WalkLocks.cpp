//===- WalkLocks.cpp - Locks and guards along a path ----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Walker.h"

namespace heddle::summary {

using ir::OpKind;

void Walker::acquire(PathState &S, ObjId Lock, ir::Mode How, SourceSpan Since,
                     bool IsScoped) {
  if (!Lock)
    return;
  HeldLock H{Lock, How, Since, IsScoped};
  if (!S.held(Lock))
    S.Held.push_back(H);
}

void Walker::release(PathState &S, ObjId Lock) {
  if (!Lock)
    return;
  for (auto It = S.Held.begin(); It != S.Held.end(); ++It)
    if (It->Lock == Lock) {
      HeldLock Was = *It;
      S.Held.erase(It);
      std::erase_if(S.Dropped,
                    [&](const HeldLock &H) { return H.Lock == Lock; });
      S.Dropped.push_back(Was);
      return;
    }
  if (std::find(S.Released.begin(), S.Released.end(), Lock) == S.Released.end())
    S.Released.push_back(Lock);
}

void Walker::dropGuard(PathState &S, ObjId Guard) {
  std::erase_if(S.Guards,
                [&](const GuardState &G) { return G.Guard == Guard; });
}

/// More uses of guards from outside than this are not told apart.
static constexpr size_t MaxGuardUses = 8;

void Walker::useGuard(PathState &S, OpKind K, ObjId Guard, SourceSpan Loc) {
  GuardState *G = S.guard(Guard);
  if (!G) {
    if (S.GuardUses.size() < MaxGuardUses)
      S.GuardUses.push_back({K, Guard});
    return;
  }
  switch (K) {
  case OpKind::GuardLock:
    for (ObjId Lock : G->Locks)
      acquire(S, Lock, G->How, Loc, true);
    G->Owns = true;
    return;
  case OpKind::GuardRelease:
    for (HeldLock &H : S.Held)
      for (ObjId Lock : G->Locks)
        H.IsScoped &= H.Lock != Lock;
    G->Locks.clear();
    G->Owns = false;
    return;
  case OpKind::GuardUnlock:
  case OpKind::GuardEnd:
    if (G->Owns)
      for (ObjId Lock : G->Locks)
        release(S, Lock);
    G->Owns = false;
    if (K == OpKind::GuardEnd)
      dropGuard(S, Guard);
    return;
  default:
    return;
  }
}

/// True when Op is an operation on locks or guards, which is then done.
bool Walker::lockOp(const ir::Op &Op, const Point &P, unsigned Node) {
  auto S = std::make_shared<PathState>(*P.State);
  ObjId Obj = resolve(U, *S, Op.Obj);
  auto Does = [&](OpKind K, ObjId Lock, ir::Mode How) {
    Event E = event(Op, *P.State, Lock);
    E.Kind = K;
    E.How = How;
    Graph->Nodes[Node].Does.push_back(std::move(E));
  };
  /// Tells what Op does to the locks of its guard, and does it.
  auto OnGuard = [&](ObjId Guard, OpKind OnLocks) {
    const GuardState *G = S->guard(Guard);
    if (G && (G->Owns || OnLocks == OpKind::Lock))
      for (ObjId Lock : G->Locks)
        Does(OnLocks, Lock, G->How);
    if (G || Guard)
      useGuard(*S, Op.Kind, Guard, Op.Loc);
  };
  auto TakeAll = [&](GuardState &G, bool Blocks) {
    for (ObjId Lock : G.Locks) {
      Does(Blocks ? OpKind::Lock : OpKind::TryLock, Lock, G.How);
      acquire(*S, Lock, G.How, Op.Loc, true);
    }
    G.Owns = true;
  };
  /// Goes on twice: with the lock, and without.
  auto Fork = [&](StatePtr Without) {
    for (StatePtr &Way : {std::ref(S), std::ref(Without)})
      if (Op.Result)
        Way->Numbers.set(Op.Result, Interval::exactly(&Way == &S));
    S->IsCertain = Without->IsCertain = false;
    next(P, Node, std::move(S));
    next(P, Node, std::move(Without));
  };

  switch (Op.Kind) {
  case OpKind::Lock:
    Does(OpKind::Lock, Obj, Op.How);
    if (Op.How == ir::Mode::Timed) {
      auto Without = std::make_shared<PathState>(*S);
      acquire(*S, Obj, ir::Mode::Plain, Op.Loc, false);
      Fork(std::move(Without));
      return true;
    }
    acquire(*S, Obj, Op.How, Op.Loc, false);
    break;
  case OpKind::TryLock: {
    Does(OpKind::TryLock, Obj, Op.How);
    auto Without = std::make_shared<PathState>(*S);
    acquire(*S, Obj, Op.How, Op.Loc, false);
    Fork(std::move(Without));
    return true;
  }
  case OpKind::Unlock:
    Does(OpKind::Unlock, Obj, Op.How);
    release(*S, Obj);
    break;
  case OpKind::GuardMake: {
    dropGuard(*S, Obj);
    GuardState G;
    G.Guard = Obj;
    G.How = Op.How;
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place)
        if (ObjId Lock = resolve(U, *S, A.Obj))
          G.Locks.push_back(Lock);
    auto Without = std::make_shared<PathState>(*S);
    switch (Op.Guard) {
    case ir::GuardMode::Acquire:
      TakeAll(G, true);
      break;
    case ir::GuardMode::Adopt:
      G.Owns = true;
      for (HeldLock &H : S->Held)
        for (ObjId Lock : G.Locks)
          H.IsScoped |= H.Lock == Lock;
      break;
    case ir::GuardMode::Defer:
      break;
    case ir::GuardMode::Try:
      Without->Guards.push_back(G);
      TakeAll(G, false);
      S->Guards.push_back(G);
      S->Numbers.set(Obj, Interval::exactly(1));
      Without->Numbers.set(Obj, Interval::exactly(0));
      Fork(std::move(Without));
      return true;
    }
    S->Guards.push_back(std::move(G));
    break;
  }
  case OpKind::GuardLock:
    OnGuard(Obj, OpKind::Lock);
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place)
        OnGuard(resolve(U, *S, A.Obj), OpKind::Lock);
    break;
  case OpKind::GuardTryLock: {
    auto Without = std::make_shared<PathState>(*S);
    if (GuardState *G = S->guard(Obj))
      TakeAll(*G, false);
    else if (Obj)
      useGuard(*S, Op.Kind, Obj, Op.Loc);
    Fork(std::move(Without));
    return true;
  }
  case OpKind::GuardUnlock:
  case OpKind::GuardEnd:
    OnGuard(Obj, OpKind::Unlock);
    break;
  case OpKind::GuardRelease:
    if (Obj)
      useGuard(*S, Op.Kind, Obj, Op.Loc);
    break;
  case OpKind::GuardMove:
    if (GuardState *From = S->guard(resolve(U, *S, Op.Other))) {
      GuardState To = *From;
      To.Guard = Obj;
      From->Locks.clear();
      From->Owns = false;
      // What it had until now it gives back.
      if (const GuardState *Was = S->guard(Obj); Was && Was->Owns) {
        for (ObjId Lock : Was->Locks)
          Does(OpKind::Unlock, Lock, Was->How);
        useGuard(*S, OpKind::GuardUnlock, Obj, Op.Loc);
      }
      dropGuard(*S, Obj);
      S->Guards.push_back(std::move(To));
    }
    break;
  default:
    return false;
  }
  next(P, Node, std::move(S));
  return true;
}

} // namespace heddle::summary

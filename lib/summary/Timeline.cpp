//===- Timeline.cpp -------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Timeline.h"
#include "ir/Flow.h"
#include "llvm/ADT/STLExtras.h"
#include <unordered_set>

namespace heddle::summary {

using ir::OpKind;

static constexpr size_t MaxSet = 48;

namespace {
/// What happens at one point, over all nodes there.
struct Happens {
  std::vector<ObjId> Told, Waited;
  std::vector<TakenLock> Took;
  std::vector<unsigned> Starts;
};

/// What may, or must, have happened before a point.
struct Before {
  bool IsReached = false;
  std::vector<uint8_t> Running; ///< by task: 0, 1, or 2 for many
  std::vector<ObjId> Told;      ///< perhaps
  std::vector<ObjId> Waited;    ///< on every path
  std::vector<TakenLock> Took;  ///< perhaps
};

class Dataflow {
public:
  Dataflow(const ir::Unit &U, PathGraph &G)
      : G(G), Blocks(U.function(G.Func).Blocks), Points(Blocks.size()),
        At(Blocks.size()) {
    for (size_t B = 0; B < Blocks.size(); ++B) {
      Points[B].resize(Blocks[B].Ops.size() + 1);
      At[B].resize(Blocks[B].Ops.size() + 1);
    }
  }

  void run();

private:
  void collect();
  void solve();
  void pass(BlockId To, const Before &S);
  static bool mergeTook(std::vector<TakenLock> &Into,
                        const std::vector<TakenLock> &From);
  Before after(Before S, const Happens &H) const;
  void write();

  PathGraph &G;
  const std::vector<ir::Block> &Blocks;
  std::vector<std::vector<Happens>> Points;
  std::vector<std::vector<Before>> At;
  std::vector<bool> IsDirty;
};
} // namespace

static bool add(std::vector<ObjId> &To, ObjId O) {
  if (!O || To.size() >= MaxSet || llvm::is_contained(To, O))
    return false;
  To.push_back(O);
  return true;
}

static void addTook(std::vector<TakenLock> &To, const TakenLock &New) {
  for (TakenLock &T : To)
    if (T.Lock == New.Lock && T.Loc == New.Loc) {
      T.OnEveryPath |= New.OnEveryPath;
      return;
    }
  if (To.size() < MaxSet)
    To.push_back(New);
}

void Dataflow::collect() {
  for (const PathNode &N : G.Nodes) {
    Happens &H = Points[N.Block.index()][N.OpIndex];
    bool IsDirect = N.OpIndex < Blocks[N.Block.index()].Ops.size() &&
                    Blocks[N.Block.index()].Ops[N.OpIndex].Kind != OpKind::Call;
    for (const Event &E : N.Does) {
      if (isSignal(E.Kind))
        add(H.Told, E.Obj);
      if (E.InTask)
        continue;
      // A select with several cases has waited for one of them only.
      if (isWait(E.Kind) && E.How != ir::Mode::Timed && !E.Select.isValid())
        add(H.Waited, E.Obj);
      if (E.Kind == OpKind::Lock && E.How != ir::Mode::Timed)
        addTook(H.Took, {E.Obj, E.Via.empty() ? E.Loc : E.Via.front(),
                         IsDirect || E.IsCertain});
    }
    for (unsigned T : N.Starts)
      if (!llvm::is_contained(H.Starts, T))
        H.Starts.push_back(T);
  }
}

/// True when Into changed. A lock that only one side took is not taken on
/// every path.
bool Dataflow::mergeTook(std::vector<TakenLock> &Into,
                         const std::vector<TakenLock> &From) {
  bool Changed = false;
  auto Find = [](auto &In, const TakenLock &Like) {
    return llvm::find_if(In, [&](const TakenLock &T) {
      return T.Lock == Like.Lock && T.Loc == Like.Loc;
    });
  };
  for (TakenLock &T : Into) {
    auto Other = Find(From, T);
    bool Every = T.OnEveryPath && Other != From.end() && Other->OnEveryPath;
    Changed |= Every != T.OnEveryPath;
    T.OnEveryPath = Every;
  }
  for (TakenLock T : From)
    if (Find(Into, T) == Into.end() && Into.size() < MaxSet) {
      T.OnEveryPath = false;
      Into.push_back(T);
      Changed = true;
    }
  return Changed;
}

void Dataflow::pass(BlockId To, const Before &S) {
  Before &Old = At[To.index()][0];
  bool Changed = !Old.IsReached;
  if (!Old.IsReached) {
    Old = S;
  } else {
    for (size_t T = 0; T < S.Running.size(); ++T)
      if (S.Running[T] > Old.Running[T]) {
        Old.Running[T] = S.Running[T];
        Changed = true;
      }
    for (ObjId O : S.Told)
      Changed |= add(Old.Told, O);
    Changed |= std::erase_if(Old.Waited, [&](ObjId O) {
                 return !llvm::is_contained(S.Waited, O);
               }) != 0;
    Changed |= mergeTook(Old.Took, S.Took);
  }
  if (Changed)
    IsDirty[To.index()] = true;
}

Before Dataflow::after(Before S, const Happens &H) const {
  for (ObjId O : H.Waited)
    for (size_t T = 0; T < G.Tasks.size(); ++T) {
      const Task &Its = G.Tasks[T];
      if (S.Running[T] &&
          (Its.Handle == O || Its.takes(O) != 0 || Its.does(OpKind::Done, O)))
        S.Running[T] = 0;
    }
  for (unsigned T : H.Starts)
    S.Running[T] = S.Running[T] ? 2 : 1;
  for (ObjId O : H.Told)
    add(S.Told, O);
  for (ObjId O : H.Waited)
    add(S.Waited, O);
  for (const TakenLock &T : H.Took)
    addTook(S.Took, T);
  return S;
}

void Dataflow::solve() {
  IsDirty.assign(Blocks.size(), false);
  Before Entry;
  Entry.IsReached = true;
  Entry.Running.resize(G.Tasks.size());
  pass(BlockId(0), Entry);
  // Sets only grow, or only shrink, so this ends; a few rounds do.
  for (bool Again = true; Again;) {
    Again = false;
    for (size_t B = 0; B < Blocks.size(); ++B) {
      if (!IsDirty[B])
        continue;
      IsDirty[B] = false;
      Again = true;
      for (size_t I = 0; I < Blocks[B].Ops.size(); ++I) {
        At[B][I + 1] = after(At[B][I], Points[B][I]);
        if (Blocks[B].Ops[I].Unwind)
          pass(Blocks[B].Ops[I].Unwind, At[B][I + 1]);
      }
      const ir::Terminator &T = Blocks[B].Term;
      Before End = after(At[B].back(), Points[B].back());
      for (BlockId S : T.Succs)
        pass(S, End);
      for (const ir::SelectCase &C : T.Cases)
        pass(C.Target, End);
    }
  }
}

void Dataflow::write() {
  std::vector<int8_t> Loops(Blocks.size(), -1);
  std::unordered_set<const std::vector<Event> *> Written;
  for (PathNode &N : G.Nodes) {
    Before &B = At[N.Block.index()][N.OpIndex];
    for (const LiveTask &L : N.Before->Live)
      if (L.Task < B.Running.size())
        B.Running[L.Task] = std::max<uint8_t>(B.Running[L.Task], 1 + L.IsMany);
    if (N.Does.empty() || !Written.insert(N.Does.shared()).second)
      continue;
    for (Event &E : *N.Does.shared()) {
      int8_t &Loop = Loops[N.Block.index()];
      if (Loop < 0)
        Loop = ir::isInLoop(Blocks, N.Block);
      E.IsRepeated |= Loop > 0;
      if (E.InTask)
        continue;
      if (isSignal(E.Kind) || isWait(E.Kind) || E.Kind == OpKind::TryRecv)
        for (const TakenLock &T : B.Took)
          addTook(E.Took, T);
      if (!E.Held.empty() && (isWait(E.Kind) || E.Kind == OpKind::Lock)) {
        for (ObjId O : B.Waited)
          add(E.After, O);
        for (ObjId O : B.Told)
          add(E.Told, O);
      }
    }
  }
  if (G.Tasks.empty())
    return;
  G.Running.resize(Blocks.size());
  for (size_t B = 0; B < Blocks.size(); ++B)
    for (Before &P : At[B])
      G.Running[B].push_back(std::move(P.Running));
}

void Dataflow::run() {
  collect();
  solve();
  write();
}

void writeTimeline(const ir::Unit &U, PathGraph &G) { Dataflow(U, G).run(); }

} // namespace heddle::summary

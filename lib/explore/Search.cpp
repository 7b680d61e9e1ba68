//===- Search.cpp - The graph of states of one entry ----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Search.h"
#include <algorithm>
#include <unordered_set>

using namespace heddle;
using namespace heddle::explore;

static TaskMap identity() {
  TaskMap Map;
  for (unsigned I = 0; I < Map.size(); ++I)
    Map[I] = uint8_t(I);
  return Map;
}

static TaskMap composed(const TaskMap &First, const TaskMap &Then) {
  TaskMap Map;
  for (size_t I = 0; I < Map.size(); ++I)
    Map[I] = First[I] == NoTask ? NoTask : Then[First[I]];
  return Map;
}

//===----------------------------------------------------------------------===//
// Between two interleavings
//===----------------------------------------------------------------------===//

/// Runs one quiet action of some task and says whose: none when there is none.
std::optional<unsigned> Search::runQuietly(Item &It, std::vector<Item> &Forks) {
  State &S = It.S;
  for (unsigned T = 0; T < S.Tasks.size(); ++T) {
    if (S.Tasks[T].State != Task::Status::Runs || !M.enabled(S, T) ||
        M.mustInterleave(S, T))
      continue;
    States Next;
    M.act(std::move(S), T, Next);
    for (State &N : Next)
      Forks.push_back({std::move(N), It.Map});
    return T;
  }
  return std::nullopt;
}

void Search::settle(Item Start, std::vector<Item> &Out) {
  struct Work {
    Item It;
    unsigned Quiet;
    bool Meets; ///< other paths may come by here
  };
  std::vector<Work> Pending;
  Pending.push_back({std::move(Start), 0, false});
  std::unordered_set<StateHash, HashOf> Met;
  size_t First = Out.size();
  bool HasForked = false;
  std::optional<Item> Repeated;
  while (!Pending.empty()) {
    Work W = std::move(Pending.back());
    Pending.pop_back();
    State &S = W.It.S;
    if (S.IsCut || M.steps() > Bounds.Steps) {
      if (!S.IsCut)
        S.cut(Bound::Steps);
      Out.push_back(std::move(W.It));
      continue;
    }
    if (W.Quiet > MaxQuiet) {
      // Whoever is still at it goes on later, among the others.
      for (unsigned T = 0; T < S.Tasks.size(); ++T)
        if (S.Tasks[T].State == Task::Status::Runs && M.enabled(S, T) &&
            !M.mustInterleave(S, T))
          S.Tasks[T].State = Task::Status::Paused;
      Out.push_back(std::move(W.It));
      continue;
    }
    if (HasForked && W.Meets) {
      M.charge(S);
      M.dropDead(S);
      W.It.Map = composed(W.It.Map, canonicalise(S, false));
      if (!Met.insert(hash(S)).second) {
        if (!Repeated)
          Repeated = std::move(W.It);
        continue;
      }
    }
    std::vector<Item> Next;
    std::optional<unsigned> Ran = runQuietly(W.It, Next);
    if (!Ran) {
      Out.push_back(std::move(W.It));
      continue;
    }
    HasForked |= Next.size() > 1;
    for (Item &N : Next) {
      if (Next.size() > 1)
        M.charge(N.S);
      bool Meets = !N.S.IsCut && M.isMeeting(N.S, *Ran);
      Pending.push_back({std::move(N), W.Quiet + 1, Meets});
    }
  }
  if (Out.size() == First && Repeated) {
    // Round and round without meeting anybody.
    State &S = Repeated->S;
    for (unsigned T = 0; T < S.Tasks.size(); ++T)
      if (S.Tasks[T].State == Task::Status::Runs && M.enabled(S, T) &&
          !M.mustInterleave(S, T)) {
        S.Tasks[T].State = Task::Status::Spins;
        break;
      }
    settle(std::move(*Repeated), Out);
  }
}

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

/// Fills in what verdicts and reports need of S.
void Search::finish(Node &N, State &S) {
  N.AllMove |= S.IsCut || S.OrderLost;
  N.EntryReturned = S.EntryReturned;
  for (unsigned T = 0; T < S.Tasks.size(); ++T) {
    auto Bit = uint16_t(1u << T);
    N.Tasks |= Bit;
    if (S.IsCut || S.Tasks[T].State == Task::Status::Spins || M.enabled(S, T)) {
      N.CanMove |= Bit;
      continue;
    }
    Stuck Info{uint8_t(T),
               S.Tasks[T].Serial,
               S.Tasks[T].IsEntry,
               M.blockage(S, T),
               ~0u,
               {}};
    if (Info.Why.Cell >= 0)
      Info.Object = S.cell(Info.Why.Cell).Serial;
    for (int C : Info.Why.Others)
      Info.Others.push_back(S.cell(C).Serial);
    N.AllMove |= Info.Why.MayEnd;
    if (Info.Why.IsForEver)
      N.Never |= Bit;
    N.StuckTasks.push_back(std::move(Info));
  }
}

void Search::take(Item It, uint32_t Parent) {
  State &S = It.S;
  const bool IsUncertain =
      S.IsUncertain || (Parent != Node::None && Nodes[Parent].IsUncertain);
  if (S.Failed) {
    Failures.push_back({*S.Failed, Parent, S.Events, IsUncertain});
  }
  M.charge(S);
  M.dropDead(S);
  TaskMap Map = composed(It.Map, canonicalise(S, Bounds.Reduce));
  uint16_t Moved = 0;
  for (unsigned T = 0; T < MaxTasks; ++T)
    if (Map[T] == NoTask ||
        (Map[T] < S.Tasks.size() && S.Tasks[Map[T]].HasMoved))
      Moved |= uint16_t(1u << T);
  for (Task &T : S.Tasks)
    T.HasMoved = false;
  std::vector<Event> Events = std::move(S.Events);
  S.Events.clear();
  S.Failed.reset();
  S.IsUncertain = false;
  auto [At, IsNew] = Seen.try_emplace(hash(S), uint32_t(Nodes.size()));
  uint32_t To = At->second;
  if (IsNew) {
    Node N;
    N.Parent = Parent;
    N.Depth = Parent == Node::None ? 0 : Nodes[Parent].Depth + 1;
    N.IsUncertain = IsUncertain;
    N.Events = std::move(Events);
    finish(N, S);
    // Where nobody can go on there is nothing more to see.
    bool IsOver = S.IsCut || S.Tasks.empty() || !N.CanMove;
    uint16_t CanMove = N.CanMove;
    Reached |= S.CutBy;
    ReachedBound |= S.IsCut && Failures.empty();
    if (!IsOver && (N.Depth >= Bounds.Depth || Nodes.size() >= MaxStates)) {
      N.AllMove = true;
      N.Never = 0;
      reach(N.Depth >= Bounds.Depth ? Bound::Depth : Bound::States);
      IsOver = true;
    }
    Nodes.push_back(std::move(N));
    if (!IsOver)
      Queue.push({To, CanMove, std::move(S)});
  }
  if (Parent != Node::None)
    Nodes[Parent].Edges.push_back({To, Moved, Map});
}

void Search::run(FuncId Entry) {
  std::vector<Item> Next;
  settle({M.start(Entry), identity()}, Next);
  for (Item &It : Next)
    take(std::move(It), Node::None);
  while (!Queue.empty()) {
    if (M.steps() > Bounds.Steps / 2)
      Queue.dive();
    auto [N, CanMove, S] = Queue.pop();
    if (M.steps() > Bounds.Steps || Nodes.size() >= MaxStates) {
      Nodes[N].AllMove = true;
      Nodes[N].Never = 0;
      reach(M.steps() > Bounds.Steps ? Bound::Steps : Bound::States);
      continue;
    }
    std::vector<unsigned> Movers;
    for (unsigned T = 0; T < S.Tasks.size(); ++T)
      if ((CanMove >> T & 1) && S.Tasks[T].State != Task::Status::Spins)
        Movers.push_back(T);
    for (unsigned T : Movers) {
      States After;
      if (T == Movers.back())
        M.act(std::move(S), T, After);
      else
        M.act(S, T, After);
      Next.clear();
      for (State &A : After)
        settle({std::move(A), identity()}, Next);
      for (Item &It : Next)
        take(std::move(It), N);
    }
  }
}

std::vector<Event> Search::pathTo(uint32_t N) const {
  std::vector<uint32_t> Way;
  for (; N != Node::None; N = Nodes[N].Parent)
    Way.push_back(N);
  std::vector<Event> Out;
  for (auto It = Way.rbegin(); It != Way.rend(); ++It)
    Out.insert(Out.end(), Nodes[*It].Events.begin(), Nodes[*It].Events.end());
  return Out;
}

std::vector<uint16_t> explore::everMoving(const std::vector<Node> &Nodes) {
  std::vector<uint16_t> Out;
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> Into(Nodes.size());
  std::vector<uint32_t> Pending;
  for (uint32_t I = 0; I < Nodes.size(); ++I) {
    const Node &N = Nodes[I];
    Out.push_back(N.AllMove ? N.Tasks & ~N.Never : N.CanMove);
    for (uint32_t E = 0; E < N.Edges.size(); ++E)
      Into[N.Edges[E].To].push_back({I, E});
    Pending.push_back(I);
  }
  while (!Pending.empty()) {
    uint32_t I = Pending.back();
    Pending.pop_back();
    for (auto [From, E] : Into[I]) {
      const TaskMap &Map = Nodes[From].Edges[E].Map;
      uint16_t New = Out[From] | Nodes[From].Edges[E].Moved;
      New &= Nodes[From].Tasks;
      for (unsigned T = 0; T < MaxTasks; ++T)
        if (Nodes[From].Tasks >> T & 1)
          if (Map[T] == NoTask || (Out[I] >> Map[T] & 1))
            New |= uint16_t(1u << T);
      if (New != Out[From]) {
        Out[From] = New;
        Pending.push_back(From);
      }
    }
  }
  return Out;
}

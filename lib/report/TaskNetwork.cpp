//===- TaskNetwork.cpp - The tasks of an entry and what they share --------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/TaskNetwork.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace heddle;
using namespace heddle::report;
using ir::OpKind;
using summary::Event;
using Action = TaskNetwork::Action;
using Member = TaskNetwork::Member;

namespace {

/// What tasks meet by; memory is a matter of other pictures.
bool isMeeting(OpKind K) {
  switch (K) {
  case OpKind::Join:
  case OpKind::Add:
  case OpKind::Done:
  case OpKind::Wait:
  case OpKind::Send:
  case OpKind::Recv:
  case OpKind::TrySend:
  case OpKind::TryRecv:
  case OpKind::Close:
  case OpKind::Lock:
  case OpKind::Unlock:
  case OpKind::TryLock:
  case OpKind::CondWait:
  case OpKind::Signal:
  case OpKind::Broadcast:
  case OpKind::Once:
  case OpKind::Cancel:
    return true;
  default:
    return false;
  }
}

/// Not an order of objects: what a task does first comes first.
bool comesBefore(const Action &A, const Action &B) {
  auto Key = [](const Action &X) {
    // A spawn behind the add that counts it.
    return std::tuple(X.Kind == OpKind::Spawn, X.Kind, X.Obj, X.Starts);
  };
  if (A.IsAtEnd != B.IsAtEnd)
    return B.IsAtEnd;
  return A.Path != B.Path ? A.Path < B.Path : Key(A) < Key(B);
}

std::vector<SourceSpan> pathTo(const std::vector<SourceSpan> &Via,
                               SourceSpan Loc) {
  std::vector<SourceSpan> Path = Via;
  Path.push_back(Loc);
  return Path;
}

class Maker {
public:
  explicit Maker(const summary::Summaries &All) : All(All), U(All.unit()) {
    for (const auto &G : All.graphs())
      for (const summary::PathNode &N : G->Nodes)
        for (const summary::LiveTask &L : N.Before->Live)
          if (L.IsMany)
            Repeated.insert(G->Tasks[L.Task].Loc);
    for (const ir::Function &F : U.Functions)
      for (const ir::Block &B : F.Blocks)
        for (const ir::Op &Op : B.Ops)
          if (Op.Kind == OpKind::Spawn)
            Spawned[Op.Loc] = Op.Fn.Targets;
  }
  TaskNetwork make(FuncId Entry);

private:
  void addEvents(unsigned Task, const std::vector<Event> &Events);
  void addTasks(unsigned Parent, const summary::Summary &S,
                const std::vector<Event> *Seen, unsigned Depth);
  unsigned member(unsigned Parent, const summary::Task &T);
  void slice();

  /// Tasks that start tasks that start tasks...
  static constexpr unsigned MaxDepth = 8;

  const summary::Summaries &All;
  const ir::Unit &U;
  std::map<SourceSpan, std::vector<FuncId>> Spawned;
  std::set<SourceSpan> Repeated; ///< spawns that were seen to start many
  TaskNetwork Net;
};

void Maker::addEvents(unsigned Task, const std::vector<Event> &Events) {
  for (const Event &E : Events)
    if (isMeeting(E.Kind) && E.Obj)
      Net.Tasks[Task].Actions.push_back({pathTo(E.Via, E.Loc), E.Kind, E.Obj});
}

/// The member for T; one for all that a spawn starts.
unsigned Maker::member(unsigned Parent, const summary::Task &T) {
  for (unsigned I = 1; I < Net.Tasks.size(); ++I)
    if (Net.Tasks[I].Parent == Parent && Net.Tasks[I].Start == T.Loc)
      return I;
  auto New = unsigned(Net.Tasks.size());
  Net.Tasks.push_back(
      {T.Name, T.Loc, Parent, Repeated.count(T.Loc) != 0 /*IsMany*/});
  Net.Tasks[Parent].Actions.push_back(
      {pathTo(T.Via, T.Loc), OpKind::Spawn, ObjId(), New});
  return New;
}

/// The tasks that S starts. Its objects have other names than the entry's,
/// unless it is the entry's: Seen are then the same events as the entry calls
/// them, matched by where they are.
void Maker::addTasks(unsigned Parent, const summary::Summary &S,
                     const std::vector<Event> *Seen, unsigned Depth) {
  for (const summary::Task &T : S.Tasks) {
    if (!T.By.empty())
      continue; // its starter's
    unsigned At = member(Parent, T);
    std::vector<Event> Known;
    for (const Event &E : T.Events) {
      if (!Seen) {
        Known.push_back(E);
        continue;
      }
      for (const Event &X : *Seen)
        if (X.Kind == E.Kind && X.Loc == E.Loc) {
          Known.push_back(X);
          Known.back().InTask = E.InTask;
        }
    }
    std::vector<Event> Own, Others;
    for (Event &E : Known)
      (E.InTask ? Others : Own).push_back(std::move(E));
    addEvents(At, Own);
    if (T.Counted && !Seen)
      Net.Tasks[At].Actions.push_back(
          {{T.Loc}, OpKind::Done, T.Counted, 0, true});
    auto It = Spawned.find(T.Loc);
    if (Depth < MaxDepth && It != Spawned.end())
      for (FuncId F : It->second)
        addTasks(At, All.of(F), &Others, Depth + 1);
  }
}

void Maker::slice() {
  std::map<ObjId, std::pair<unsigned, unsigned>> Reach; // count, last task + 1
  for (unsigned T = 0; T < Net.Tasks.size(); ++T)
    for (const Action &A : Net.Tasks[T].Actions)
      if (auto &[Count, Last] = Reach[A.Obj]; A.Obj && Last != T + 1) {
        Last = T + 1;
        Count += Net.Tasks[T].IsMany ? 2 : 1;
      }
  std::vector<bool> Stays(Net.Tasks.size());
  for (size_t T = Net.Tasks.size(); T-- > 0;) {
    Member &M = Net.Tasks[T];
    llvm::erase_if(M.Actions, [&](const Action &A) {
      return A.Kind == OpKind::Spawn ? !Stays[A.Starts]
                                     : Reach[A.Obj].first < 2;
    });
    Stays[T] = T == 0 || !M.Actions.empty();
  }
  std::vector<unsigned> New(Net.Tasks.size());
  std::vector<Member> Kept;
  for (size_t T = 0; T < Net.Tasks.size(); ++T)
    if (Stays[T]) {
      New[T] = unsigned(Kept.size());
      Kept.push_back(std::move(Net.Tasks[T]));
    }
  for (Member &M : Kept) {
    M.Parent = New[M.Parent];
    for (Action &A : M.Actions)
      A.Starts = New[A.Starts];
    llvm::sort(M.Actions, comesBefore);
    M.Actions.erase(std::unique(M.Actions.begin(), M.Actions.end()),
                    M.Actions.end());
  }
  if (Kept.size() < 2)
    Kept.clear();
  Net.Tasks = std::move(Kept);
}

TaskNetwork Maker::make(FuncId Entry) {
  const summary::Summary &S = All.of(Entry);
  Net.Tasks.push_back({U.function(Entry).Name, {}});
  std::vector<Event> Own;
  for (const Event &E : S.Events)
    if (!E.InTask)
      Own.push_back(E);
  addEvents(0, Own);
  addTasks(0, S, nullptr, 0);
  slice();
  return std::move(Net);
}

} // namespace

TaskNetwork report::taskNetwork(const summary::Summaries &All, FuncId Entry) {
  return Maker(All).make(Entry);
}

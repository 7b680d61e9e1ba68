//===- Verdict.cpp - What a graph of states shows -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Verdict.h"
#include "explore/Trace.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

static bool isKnown(const std::vector<Fault> &Faults, FaultKind K,
                    SourceSpan Loc) {
  return std::any_of(Faults.begin(), Faults.end(), [&](const Fault &F) {
    return F.Kind == K && F.Loc == Loc;
  });
}

static std::string lastWords(const ir::Unit &U, FaultKind K,
                             const std::string &Who, ObjId Place) {
  std::string What = Place ? "'" + U.describe(Place) + "'" : "it";
  switch (K) {
  case FaultKind::SendOnClosed:
    return Who + " then sends on " + What;
  case FaultKind::CloseOfClosed:
    return Who + " then closes " + What;
  case FaultKind::ReusedCounter:
    return Who + " then adds to " + What + ", and that wait has not returned";
  default:
    return Who + " then counts " + What + " below zero";
  }
}

static void addFailures(const ir::Unit &U, FuncId Entry, const Search &Done,
                        std::vector<Fault> &Out) {
  for (const Met &F : Done.failures()) {
    if (isKnown(Out, F.What.Kind, F.What.Loc))
      continue;
    std::vector<Event> Events = Done.pathTo(F.At);
    Events.insert(Events.end(), F.Events.begin(), F.Events.end());
    Trace Way(U, Entry, std::move(Events));
    Fault New;
    New.Kind = F.What.Kind;
    New.Entry = Entry;
    New.Loc = F.What.Loc;
    New.Spawn = Way.spawnOf(F.What.Task);
    New.Object = F.What.Place;
    New.Op = New.Kind == FaultKind::SendOnClosed    ? OpKind::Send
             : New.Kind == FaultKind::CloseOfClosed ? OpKind::Close
             : New.Kind == FaultKind::ReusedCounter ? OpKind::Add
                                                    : OpKind::Done;
    New.IsNil = F.What.IsNil;
    New.TaskName = Way.nameOf(F.What.Task);
    New.Trace = Way.steps({F.What.Task}, {F.What.Object}, false);
    New.Trace.push_back({Way.numberOf(F.What.Task), New.Loc,
                         lastWords(U, New.Kind, New.TaskName, New.Object),
                         StepKind::Fails});
    New.Tasks = Way.names();
    New.IsCertain = !F.IsUncertain;
    Out.push_back(std::move(New));
  }
}

namespace {
struct Doomed {
  uint32_t Node;
  const Stuck *Who;
  FaultKind Kind;
};
} // namespace

static bool sameFault(const Doomed &A, const Doomed &B) {
  return A.Kind == B.Kind && A.Who->Why.Loc == B.Who->Why.Loc;
}

/// A wait for the end of others.
static bool isEnd(OpKind K) {
  return K == OpKind::Wait || K == OpKind::Join || K == OpKind::End;
}

/// It waits for the end of others, and of those none is seen to be blocked yet.
static bool lacksCause(const Node &N, const Stuck &Who, uint16_t Moves) {
  return isEnd(Who.Why.Op) &&
         std::all_of(N.StuckTasks.begin(), N.StuckTasks.end(),
                     [&](const Stuck &S) {
                       return isEnd(S.Why.Op) || (Moves >> S.Index & 1);
                     });
}

/// One per fault: after the entry's return when there is such a state, where
/// nobody is left to count down, where those who are waited for are blocked,
/// and then the nearest.
static std::vector<Doomed> findDoomed(const ir::Unit &U, FuncId Entry,
                                      const Search &Done) {
  const auto &Nodes = Done.nodes();
  std::vector<uint16_t> Moves = everMoving(Nodes);
  std::vector<Doomed> Out;
  for (uint32_t I = 0; I < Nodes.size(); ++I) {
    const Node &N = Nodes[I];
    auto IsDoomed = [&](const Stuck &S) { return !(Moves[I] >> S.Index & 1); };
    for (const Stuck &S : N.StuckTasks) {
      if (!IsDoomed(S))
        continue;
      // That others wait for one who waits for itself is no fault of its own.
      if (!S.Why.JoinsItself && isEnd(S.Why.Op) &&
          llvm::any_of(N.StuckTasks,
                       [](const Stuck &O) { return O.Why.JoinsItself; }))
        continue;
      // Who waits for others to be done or to unlock, while the entry is there,
      // is part of their fault; one whose partner is gone is one of its own.
      if (!S.IsEntry && !S.Why.JoinsItself && !N.EntryReturned &&
          S.Why.Op != OpKind::Send && S.Why.Op != OpKind::Recv &&
          S.Why.Op != OpKind::CondWait && S.Why.Op != OpKind::Broadcast)
        continue;
      if (!S.IsEntry && S.Why.IsDaemon && U.function(Entry).IsMain)
        continue;
      Doomed New{I, &S,
                 S.IsEntry || S.Why.JoinsItself ? FaultKind::Deadlock
                                                : FaultKind::LeakedTask};
      auto Old = std::find_if(Out.begin(), Out.end(), [&](const Doomed &D) {
        return sameFault(D, New);
      });
      if (Old == Out.end())
        Out.push_back(New);
      else if (!Nodes[Old->Node].EntryReturned && N.EntryReturned)
        *Old = New;
      else if (!Old->Who->Why.IsShort && S.Why.IsShort &&
               Nodes[Old->Node].EntryReturned == N.EntryReturned)
        *Old = New; // Those who are left have been seen not to count down.
      else if (New.Kind == FaultKind::Deadlock &&
               Nodes[Old->Node].EntryReturned == N.EntryReturned &&
               Old->Who->Why.IsShort == S.Why.IsShort &&
               lacksCause(Nodes[Old->Node], *Old->Who, Moves[Old->Node]) &&
               !lacksCause(N, S, Moves[I]))
        *Old = New; // It is seen why they do not end.
    }
  }
  return Out;
}

static void addDoomed(const ir::Unit &U, FuncId Entry, const Search &Done,
                      std::vector<Fault> &Out) {
  const auto &Nodes = Done.nodes();
  for (const Doomed &D : findDoomed(U, Entry, Done)) {
    const Machine::Blockage &Why = D.Who->Why;
    if (isKnown(Out, D.Kind, Why.Loc))
      continue;
    const Node &N = Nodes[D.Node];
    Trace Way(U, Entry, Done.pathTo(D.Node));
    std::set<uint32_t> Objects(D.Who->Others.begin(), D.Who->Others.end());
    Objects.insert(D.Who->Object);
    std::set<uint32_t> Tasks{D.Who->Serial};
    if (D.Kind == FaultKind::Deadlock)
      for (const Stuck &S : N.StuckTasks) {
        Objects.insert(S.Object);
        Tasks.insert(S.Serial);
      }
    Objects.erase(~0u);
    Fault New;
    New.Kind = D.Kind;
    New.Entry = Entry;
    New.Loc = Why.Loc;
    New.Spawn = Way.spawnOf(D.Who->Serial);
    New.Object = Why.Place;
    New.Op = Why.Op;
    New.IsSelect = Why.IsSelect;
    New.IsNil = Why.IsNil;
    New.IsRange = Why.IsRange;
    New.IsShort = Why.IsShort;
    New.JoinsItself = Why.JoinsItself;
    New.Origin = Why.Origin;
    New.EntryReturned = N.EntryReturned;
    New.TaskName = Way.nameOf(D.Who->Serial);
    New.Trace = Way.steps(Tasks, Objects, true);
    if (D.Kind == FaultKind::Deadlock)
      for (const Stuck &S : N.StuckTasks) {
        if (&S == D.Who)
          continue;
        New.Others.push_back({S.Why.Loc, S.Why.Op, S.Why.Place, S.Why.IsSelect,
                              Way.nameOf(S.Serial)});
        New.Trace.push_back({Way.numberOf(S.Serial), S.Why.Loc,
                             Way.nameOf(S.Serial) + " waits for ever " +
                                 doing(U, S.Why.Op, S.Why.Place),
                             StepKind::Blocks});
      }
    New.Trace.push_back(
        {Way.numberOf(D.Who->Serial), New.Loc,
         New.TaskName + " then waits for ever " + doing(U, Why.Op, Why.Place),
         StepKind::Blocks});
    New.Tasks = Way.names();
    New.IsCertain = !N.IsUncertain;
    Out.push_back(std::move(New));
  }
}

void explore::conclude(const ir::Unit &U, FuncId Entry, const Search &Done,
                       std::vector<Fault> &Out) {
  addFailures(U, Entry, Done, Out);
  addDoomed(U, Entry, Done, Out);
}

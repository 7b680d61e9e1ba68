//===- Trace.cpp - An interleaving in words -------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Trace.h"
#include <algorithm>
#include <deque>
#include <map>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

static std::string quoted(const ir::Unit &U, ObjId Place) {
  std::string Name = Place ? U.describe(Place) : std::string();
  // A value without a name of its own.
  return Name.empty() ? "it" : "'" + Name + "'";
}

const Event *Trace::spawnEvent(uint32_t Task) const {
  for (const Event &E : Events)
    if (E.K == Event::Kind::Spawn && E.Other == Task)
      return &E;
  return nullptr;
}

SourceSpan Trace::spawnOf(uint32_t Task) const {
  const Event *E = spawnEvent(Task);
  return E ? E->Loc : SourceSpan();
}

std::string Trace::nameOf(uint32_t Task) const {
  if (Task == 0)
    return "'" + U.function(Entry).Name + "'";
  const Event *E = spawnEvent(Task);
  if (!E)
    return "a task";
  const ir::Function &F = U.function(E->Root);
  if (!F.IsLambda && !F.Name.empty())
    return "task '" + F.Name + "'";
  return "the task of line " + std::to_string(E->Loc.Line);
}

std::string explore::doing(const ir::Unit &U, OpKind K, ObjId Place) {
  std::string What = quoted(U, Place);
  switch (K) {
  case OpKind::Send:
    return "sending on " + What;
  case OpKind::Recv:
    return "receiving from " + What;
  case OpKind::Lock:
    return "locking " + What;
  case OpKind::Join:
  case OpKind::End:
    return "joining " + What;
  case OpKind::Once:
    return "in the once " + What;
  case OpKind::Add: // to a counter with a limit
    return "for a place in " + What;
  default:
    return "waiting for " + What;
  }
}

std::string Trace::text(const Event &E) const {
  std::string Who = nameOf(E.Task), What = quoted(U, E.Place);
  if (E.K == Event::Kind::Return)
    return Who + " returns here";
  if (E.K == Event::Kind::Spawn)
    return nameOf(E.Other) + " is started here";
  if (E.K == Event::Kind::TaskEnd)
    return Who + " ends and counts " + What + " down";
  if (E.K == Event::Kind::DrainedRecv)
    return Who + " finds " + What + " closed";
  switch (E.Op) {
  case OpKind::Send:
  case OpKind::TrySend:
    return Who + " sends on " + What;
  case OpKind::Recv:
  case OpKind::TryRecv:
    return Who + " receives from " + What;
  case OpKind::Close:
    return Who + " closes " + What + " here";
  case OpKind::Cancel:
    return Who +
           (E.Place && U.object(E.Place).Type == ir::TypeClass::Timer
                ? " stops "
                : " cancels ") +
           What + " here";
  case OpKind::Make: // of a timer that there was before
    return Who + " starts " + What + " again";
  case OpKind::Add:
    return Who + " adds to " + What;
  case OpKind::Done:
    return Who + " counts " + What + " down";
  case OpKind::Wait:
    return Who + " need not wait for " + What + " any more";
  case OpKind::Join:
    return Who + " joins " + What;
  case OpKind::Lock:
  case OpKind::TryLock:
    return Who + " locks " + What;
  case OpKind::CondWait:
    return Who + " waits on " + What;
  case OpKind::Signal:
  case OpKind::Broadcast:
    if (E.Place && U.object(E.Place).Type == ir::TypeClass::Future)
      return Who + " keeps the promise " + What;
    return Who + " signals " + What;
  default:
    return Who + " acts on " + What;
  }
}

unsigned Trace::numberOf(uint32_t Task) const {
  unsigned Number = 0;
  if (Task != 0)
    for (const Event &E : Events)
      if (E.K == Event::Kind::Spawn && (++Number, E.Other == Task))
        break;
  return Number;
}

std::vector<std::string> Trace::names() const {
  std::vector<std::string> Out{nameOf(0)};
  for (const Event &E : Events)
    if (E.K == Event::Kind::Spawn)
      Out.push_back(nameOf(E.Other));
  return Out;
}

/// For every event the one that made it possible; null for most. Channels are
/// queues: what is received n-th was sent n-th.
std::vector<const Event *> Trace::answered() const {
  std::map<uint32_t, std::deque<const Event *>> Sent;
  std::map<uint32_t, const Event *> Closed, Counted;
  std::vector<const Event *> Out;
  for (const Event &E : Events) {
    const Event *To = nullptr;
    if (E.K == Event::Kind::DrainedRecv) {
      To = Closed[E.Object];
    } else if (E.K == Event::Kind::TaskEnd || E.Op == OpKind::Done ||
               E.Op == OpKind::Broadcast) {
      Counted[E.Object] = &E;
    } else if (E.Op == OpKind::Wait || E.Op == OpKind::Join) {
      To = Counted[E.Object];
    } else if (E.Op == OpKind::Close) {
      Closed[E.Object] = &E;
    } else if (E.Op == OpKind::Send || E.Op == OpKind::TrySend) {
      Sent[E.Object].push_back(&E);
    } else if (E.Op == OpKind::Recv || E.Op == OpKind::TryRecv) {
      auto &Queue = Sent[E.Object];
      if (!Queue.empty()) {
        To = Queue.front();
        Queue.pop_front();
      }
    }
    Out.push_back(To);
  }
  return Out;
}

Step Trace::step(const Event &E) const {
  Step S{numberOf(E.Task), E.Loc, text(E)};
  if (E.K == Event::Kind::Spawn) {
    S.Kind = StepKind::Spawn;
    S.Starts = numberOf(E.Other);
  } else if (E.K == Event::Kind::Return || E.K == Event::Kind::TaskEnd) {
    S.Kind = StepKind::Ends;
  }
  return S;
}

std::vector<Step> Trace::steps(std::set<uint32_t> Tasks,
                               const std::set<uint32_t> &Objects,
                               bool WithReturn) const {
  for (const Event &E : Events)
    if (Objects.count(E.Object))
      Tasks.insert(E.Task);
  // Who started those takes part too, back to the entry.
  for (size_t I = Events.size(); I-- > 0;)
    if (Events[I].K == Event::Kind::Spawn && Tasks.count(Events[I].Other))
      Tasks.insert(Events[I].Task);
  std::vector<const Event *> Kept;
  auto Drop = [&](auto Which) {
    Kept.erase(std::remove_if(Kept.begin(), Kept.end(), Which), Kept.end());
  };
  for (const Event &E : Events) {
    if (E.K == Event::Kind::Spawn) {
      if (Tasks.count(E.Other))
        Kept.push_back(&E);
      continue;
    }
    if (E.K == Event::Kind::Return) {
      if (WithReturn)
        Kept.push_back(&E);
      continue;
    }
    if (!Objects.count(E.Object))
      continue;
    if (E.Op == OpKind::Unlock) {
      Drop([&](const Event *Old) {
        return Old->Task == E.Task && Old->Object == E.Object &&
               (Old->Op == OpKind::Lock || Old->Op == OpKind::TryLock) &&
               Old->K == Event::Kind::Act;
      });
      continue;
    }
    Drop([&](const Event *Old) {
      return Old->K == E.K && Old->Task == E.Task && Old->Op == E.Op &&
             Old->Loc == E.Loc;
    });
    Kept.push_back(&E);
  }
  std::vector<const Event *> Answered = answered();
  std::vector<Step> Out;
  for (const Event *E : Kept) {
    Out.push_back(step(*E));
    auto It = std::find(Kept.begin(), Kept.end(), Answered[E - Events.data()]);
    if (It != Kept.end())
      Out.back().Answers = int(It - Kept.begin());
  }
  return Out;
}

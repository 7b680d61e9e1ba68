//===- CallEffects.cpp ----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/CallEffects.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::summary {

using ir::OpKind;

void EventList::push_back(Event E) {
  if (!List)
    List = std::make_shared<std::vector<Event>>();
  else if (List.use_count() > 1)
    List = std::make_shared<std::vector<Event>>(*List);
  List->push_back(std::move(E));
}

void EventList::append(const EventList &Other) {
  if (empty()) {
    List = Other.List;
    return;
  }
  for (const Event &E : Other)
    push_back(E);
}

/// E, in the caller's names, as it happens after what came Before the call.
static void addBefore(Event &E, const PathState &Before) {
  E.Requires.insert(E.Requires.end(), Before.Requires.begin(),
                    Before.Requires.end());
  E.IsCertain &= Before.IsCertain;
  if (E.InTask) // A task does not inherit its starter's locks.
    return;
  std::vector<HeldLock> Held;
  for (const HeldLock &H : Before.Held)
    if (!llvm::is_contained(E.Freed, H.Lock) &&
        (H.Lock != E.Obj || E.IsExposed)) // The callee may have released it.
      Held.push_back(H);
  E.Held.insert(E.Held.begin(), Held.begin(), Held.end());
  std::erase_if(E.Freed, [&](ObjId O) { return Before.held(O); });
  E.Freed.insert(E.Freed.end(), Before.Released.begin(), Before.Released.end());
}

CallEffects::CallEffects(const ir::Op &Op, const Summary &Callee, ObjId This,
                         std::vector<ir::Operand> Args,
                         std::shared_ptr<const PathState> State,
                         const Renaming &Rename)
    : Callee(&Callee), This(This), Args(std::move(Args)),
      From(std::move(State)) {
  for (const Event &Its : Callee.Events) {
    NeedsNumbers |= !Its.Requires.empty();
    // Whoever passes the once finds what it did to memory done.
    if (Op.Kind == OpKind::Once && !Its.InTask &&
        (Its.Kind == OpKind::Read || Its.Kind == OpKind::Write))
      continue;
    std::optional<Event> E = Rename(Its);
    if (!E)
      continue;
    // It blocks a thread that is there for that.
    if (Op.How == ir::Mode::Thread && E->Kind == OpKind::Join)
      E->How = ir::Mode::Thread;
    addBefore(*E, *From);
    if (!E->InTask && E->Kind != OpKind::Wait &&
        (isWait(E->Kind) || E->Kind == OpKind::TryRecv ||
         E->Kind == OpKind::TrySend) &&
        !llvm::is_contained(Waits, std::pair(E->Kind, E->Obj)))
      Waits.emplace_back(E->Kind, E->Obj);
    if (E->Kind == OpKind::Escape && !llvm::is_contained(Lost, E->Obj))
      Lost.push_back(E->Obj);
    Events.push_back(std::move(*E));
  }
}

static bool sameArgument(const ir::Operand &A, const ir::Operand &B);

static bool sameCallable(const ir::Callable &A, const ir::Callable &B) {
  return A.Targets == B.Targets && A.Open == B.Open && A.Place == B.Place &&
         A.This == B.This &&
         std::equal(A.Bound.begin(), A.Bound.end(), B.Bound.begin(),
                    B.Bound.end(), sameArgument);
}

static bool sameArgument(const ir::Operand &A, const ir::Operand &B) {
  if (A.K != B.K || A.Obj != B.Obj)
    return false;
  if (A.K == ir::Operand::Kind::Value)
    return A.Value == B.Value || ir::sameShape(A.Value, B.Value);
  return A.Fn == B.Fn || (A.Fn && B.Fn && sameCallable(*A.Fn, *B.Fn));
}

bool CallEffects::areSame(const Summary &Callee, ObjId This,
                          const std::vector<ir::Operand> &Args,
                          const PathState &State) const {
  return this->Callee == &Callee && this->This == This &&
         From->IsCertain == State.IsCertain && From->Held == State.Held &&
         From->Released == State.Released && From->Requires == State.Requires &&
         std::equal(this->Args.begin(), this->Args.end(), Args.begin(),
                    Args.end(), sameArgument) &&
         From->sameBindings(State) &&
         (!NeedsNumbers || From->Numbers == State.Numbers);
}

} // namespace heddle::summary

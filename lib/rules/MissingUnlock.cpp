//===- MissingUnlock.cpp - A path leaves with the lock held ---------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"
#include "summary/Fold.h"
#include <optional>

namespace heddle::rules {

using summary::HeldLock;
using summary::PathNode;

static std::optional<int64_t> constantOf(const summary::Outcome &O) {
  if (O.Value.K == ir::Operand::Kind::Value && O.Value.Value &&
      O.Value.Value->Kind == ir::ExprKind::Int)
    return O.Value.Value->Value;
  return std::nullopt;
}

/// A function may say by what it returns whether it kept the lock.
static bool tellsByResult(const summary::Outcome &Keeps,
                          const summary::Outcome &Frees) {
  auto A = constantOf(Keeps), B = constantOf(Frees);
  return A && B && *A != *B;
}

/// Some function of the unit releases the lock without having acquired it, so
/// that leaving with it held is part of a protocol.
static bool isHandedOver(const RuleInput &In, ObjId Lock) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs())
    for (const PathNode &N : G->Nodes)
      for (const summary::Event &E : N.Does)
        if (E.Kind == ir::OpKind::Unlock && isExposedAt(N, E) &&
            sameDeclaration(U, E.Obj, Lock))
          return true;
  return false;
}

/// The function's own statement acquired it, not one that it calls.
static bool acquiresItself(const summary::PathGraph &G, const HeldLock &H) {
  for (const PathNode &N : G.Nodes)
    for (const summary::Event &E : N.Does)
      if (E.Kind == ir::OpKind::Lock && E.Via.empty() && E.Loc == H.Since)
        return true;
  return false;
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs()) {
    std::vector<const PathNode *> Exits;
    for (const PathNode &N : G->Nodes)
      if (N.IsExit)
        Exits.push_back(&N);
    for (const PathNode *Leaves : Exits) {
      for (const HeldLock &H : Leaves->Before->Held) {
        if (H.IsScoped || U.isSummarised(H.Lock) ||
            Leaves->Before->isUnknown(U, H.Lock))
          continue;
        summary::Outcome Keeps = summary::outcomeOf(U, *G, *Leaves);
        const HeldLock *Freed = nullptr;
        bool Told = false;
        for (const PathNode *Other : Exits)
          for (const HeldLock &D : Other->Before->Dropped)
            if (D.Lock == H.Lock && !Other->Before->held(H.Lock)) {
              Told |= tellsByResult(Keeps, summary::outcomeOf(U, *G, *Other));
              if (!Freed)
                Freed = &D;
            }
        if (Told && isHandedOver(In, H.Lock))
          continue;
        // No path releases it: a function that locks for its caller, unless
        // nobody in the whole unit could release it after that.
        const ir::Object &Root = U.object(U.root(H.Lock));
        // An object made here may be known elsewhere by another name.
        bool Forgotten =
            !Freed && !Root.IsExternal && Root.Kind != ir::ObjectKind::Param &&
            Root.Kind != ir::ObjectKind::Temp &&
            // A lock's own method: locking is what it is for.
            !(Root.Kind == ir::ObjectKind::This && U.root(H.Lock) == H.Lock) &&
            acquiresItself(*G, H) && !isHandedOver(In, H.Lock);
        if (!Freed && !Forgotten)
          continue;
        Finding F;
        F.Rule = "heddle-missing-unlock";
        F.Level =
            Leaves->Before->IsCertain ? Severity::Error : Severity::Warning;
        F.Loc = Keeps.Loc;
        std::string Name = quoted(U, H.Lock);
        F.Message =
            (Leaves->Exit == summary::ExitKind::Throw
                 ? Name + " is still held when this exception leaves the "
                          "function"
                 : Name + " is still held when the function returns here") +
            (Freed ? ", as it is not on other paths" : "; nothing releases it");
        F.Notes.push_back({H.Since, Name + " is acquired here"});
        Out.push_back(std::move(F));
      }
    }
  }
}

extern const Rule MissingUnlock;
const Rule MissingUnlock = {
    "heddle-missing-unlock",
    "a path leaves with a lock held that other paths release",
    "a path by which a function returns, or an exception leaves it, with a "
    "lock held that it acquired itself and that another path through the same "
    "function releases; or a function that returns with a lock held that "
    "nothing in the program releases. Functions that tell by what they return "
    "whether they kept the lock are not reported.",
    "The next one who wants the lock waits for ever. The path is most often "
    "an early return or an exception that was added later.",
    R"cpp(#include <mutex>

std::mutex mu;
int items = 0;

bool take() {
  mu.lock();
  if (items == 0)
    return false; // want: missing-unlock "'mu' is still held"
  --items;
  mu.unlock();
  return true;
}
)cpp",
    R"cpp(#include <mutex>

std::mutex mu;
int items = 0;

bool take() {
  std::lock_guard<std::mutex> lock(mu);
  if (items == 0)
    return false;
  --items;
  return true;
}
)cpp",
    "Use a scoped guard.",
    "Exceptions count only where the program shows the throw. Locks in "
    "containers are not followed.",
    run};

} // namespace heddle::rules

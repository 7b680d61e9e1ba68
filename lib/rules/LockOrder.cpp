//===- LockOrder.cpp - Locks taken in opposite orders ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A cycle of acquisitions, each by a strand of its own, each waiting for a
// lock that the next one holds. Bounds: MaxLength strands, MaxSteps tries.
//
//===----------------------------------------------------------------------===//

#include "rules/Parallel.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::HeldLock;

static constexpr size_t MaxLength = 5;
static constexpr unsigned MaxSteps = 200'000;

static bool isAcquisition(const Event &E) {
  return E.Kind == OpKind::Lock && E.Obj && E.How != ir::Mode::Timed;
}

static bool isKept(const Event &E) {
  return isAcquisition(E) || (E.Obj && summary::isSignal(E.Kind));
}

namespace {
/// Wants E.Obj while it holds Held.
struct Edge {
  const Happening *H;
  const HeldLock *Held;
  const Event &event() const { return *H->E; }
};

class Search {
public:
  Search(const RuleInput &In, const LockIdentity &Locks, const Situation &S,
         std::set<std::vector<SourceSpan>> &Reported, std::vector<Finding> &Out)
      : U(In.Program.unit()), Locks(Locks), S(S), Reported(Reported), Out(Out) {
    for (const Happening &H : S.Happenings)
      addEdges(H);
  }

  void run() {
    for (size_t I = 0; I < Edges.size(); ++I) {
      Path = {I};
      extend();
    }
  }

private:
  Same same(ObjId A, ObjId B) const { return Locks.same(A, B, S.OfOneObject); }
  void addEdges(const Happening &H);
  void extend();
  bool canWait(const Edge &For, const Edge &Holder) const;
  bool haveGate(const Edge &A, const Edge &B) const;
  bool isOrdered(const Edge &First, const Edge &Then) const;
  void report(const std::vector<size_t> &Cycle);

  const ir::Unit &U;
  const LockIdentity &Locks;
  const Situation &S;
  std::vector<Edge> Edges;
  std::vector<size_t> Path;
  std::set<std::vector<SourceSpan>> &Reported; ///< sets of locks
  std::vector<Finding> &Out;
  unsigned Steps = 0;
};
} // namespace

void Search::addEdges(const Happening &H) {
  const Event &E = *H.E;
  if (!isAcquisition(E) || U.object(E.Obj).IsRecursive)
    return;
  // Taken again by its holder: another rule's.
  for (const HeldLock &Held : E.Held)
    if (same(Held.Lock, E.Obj) == Same::Yes)
      return;
  for (const HeldLock &Held : E.Held) {
    // std::lock takes all or none. Of two instances of one member nothing
    // says which comes first.
    if (Held.Since == E.Loc || same(Held.Lock, E.Obj) != Same::No)
      continue;
    // In a class each member has to be the object's own.
    if (S.OfOneObject && (same(Held.Lock, Held.Lock) != Same::Yes ||
                          same(E.Obj, E.Obj) != Same::Yes))
      continue;
    Edges.push_back({&H, &Held});
  }
}

/// For's strand has to wait for what Holder's holds.
bool Search::canWait(const Edge &For, const Edge &Holder) const {
  if (same(For.event().Obj, Holder.Held->Lock) == Same::No)
    return false;
  if (For.event().How != ir::Mode::Shared ||
      Holder.Held->How != ir::Mode::Shared)
    return true;
  // A reader waits for a reader when a writer waits between them.
  return llvm::any_of(S.Happenings, [&](const Happening &W) {
    return isAcquisition(*W.E) && W.E->How != ir::Mode::Shared &&
           same(W.E->Obj, For.event().Obj) == Same::Yes &&
           S.atOnce(W, *For.H) && S.atOnce(W, *Holder.H);
  });
}

/// A third lock that both hold lets only one of them in.
bool Search::haveGate(const Edge &A, const Edge &B) const {
  for (const HeldLock &X : A.event().Held)
    for (const HeldLock &Y : B.event().Held)
      if (same(X.Lock, Y.Lock) != Same::No &&
          !(X.How == ir::Mode::Shared && Y.How == ir::Mode::Shared))
        return true;
  return false;
}

/// Then waits first for something that only First's strand tells, and that
/// strand has told nobody before First.
bool Search::isOrdered(const Edge &First, const Edge &Then) const {
  const Strand &By = S.Strands[First.H->Strand];
  if (By.IsMany)
    return false;
  for (ObjId O : Then.event().After) {
    if (By.Task && (By.Task->Handle == O || By.Task->Counted == O))
      return true;
    if (llvm::is_contained(First.event().Told, O))
      continue;
    bool Tells = false, OthersTell = false;
    for (const Happening &H : S.Happenings)
      if (summary::isSignal(H.E->Kind) && H.E->Obj == O)
        (H.Strand == First.H->Strand ? Tells : OthersTell) = true;
    if (Tells && !OthersTell)
      return true;
  }
  return false;
}

void Search::extend() {
  if (++Steps > MaxSteps)
    return;
  const Edge &Last = Edges[Path.back()];
  const Edge &First = Edges[Path.front()];
  if (Path.size() > 1 && canWait(Last, First))
    return report(Path);
  if (Path.size() == MaxLength)
    return;
  // Every cycle is found from its first edge.
  for (size_t I = Path.front() + 1; I < Edges.size(); ++I) {
    const Edge &Next = Edges[I];
    if (!canWait(Last, Next))
      continue;
    bool Possible = llvm::all_of(Path, [&](size_t P) {
      const Edge &Other = Edges[P];
      return P != I && S.atOnce(*Other.H, *Next.H) && !haveGate(Other, Next) &&
             !isOrdered(Other, Next) && !isOrdered(Next, Other);
    });
    if (!Possible)
      continue;
    Path.push_back(I);
    extend();
    Path.pop_back();
  }
}

void Search::report(const std::vector<size_t> &Cycle) {
  bool Certain = true, AnySure = false;
  std::vector<SourceSpan> Key;
  for (size_t I = 0; I < Cycle.size(); ++I) {
    const Edge &E = Edges[Cycle[I]];
    const Edge &Next = Edges[Cycle[(I + 1) % Cycle.size()]];
    Same How = same(E.event().Obj, Next.Held->Lock);
    AnySure |= How == Same::Yes;
    Certain &= How == Same::Yes && E.H->IsCertain &&
               (E.event().How != ir::Mode::Shared ||
                Next.Held->How != ir::Mode::Shared);
    Key.push_back(U.object(E.event().Obj).Loc);
  }
  if (!AnySure)
    return;
  llvm::sort(Key);
  if (!Reported.insert(Key).second)
    return;
  const Edge &First = Edges[Cycle[0]];
  const Edge &Second = Edges[Cycle[1]];
  Finding F;
  F.Rule = "heddle-lock-order";
  F.Level = Certain ? Severity::Error : Severity::Warning;
  F.Loc = First.event().Loc;
  F.Message = quoted(U, First.event().Obj) + " is acquired here while " +
              quoted(U, First.Held->Lock) + " is held, but ";
  if (Cycle.size() > 2)
    F.Message += "others that can run at the same time acquire locks in an "
                 "order that closes a circle; all of them can wait for one "
                 "another for ever";
  else
    F.Message +=
        (First.H->Strand == Second.H->Strand
             ? "another run of " + strandName(U, S.Strands[First.H->Strand])
             : strandName(U, S.Strands[Second.H->Strand])) +
        " acquires them in the opposite order; the two can wait for one "
        "another for ever";
  for (size_t I : Cycle) {
    const Edge &E = Edges[I];
    noteStart(S.Strands[E.H->Strand], F.Notes);
    F.Notes.push_back(
        {E.Held->Since, quoted(U, E.Held->Lock) + " is acquired here"});
    noteCalls(E.event().Via, F.Notes);
    F.Notes.push_back(
        {E.event().Loc, quoted(U, E.event().Obj) + " is acquired here while " +
                            quoted(U, E.Held->Lock) + " is held"});
  }
  Out.push_back(std::move(F));
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  LockIdentity Locks(In.Program);
  std::set<std::vector<SourceSpan>> Reported;
  for (const Situation &S : situations(In.Program, isKept))
    Search(In, Locks, S, Reported, Out).run();
}

extern const Rule LockOrder;
const Rule LockOrder = {
    "heddle-lock-order",
    "locks taken in opposite orders by code that can run at the same time",
    "tasks of one program, or methods of one object in a library, that can "
    "run at the same time, where each acquires, by a blocking acquisition, a "
    "lock that the next one holds, in a circle of any length up to five, with "
    "no further lock around both and no wait that orders them. Two shared "
    "acquisitions of one lock count when a writer of it can come between. A "
    "lock that is a member of an object without a name, in a container or "
    "behind a pointer, is taken for that of another such object.",
    "Each holds what the other waits for: from then on neither goes on, nor "
    "does anybody who wants one of the locks.",
    R"cpp(#include <mutex>

class Bank {
public:
  void deposit(int n) {
    std::lock_guard<std::mutex> a(accounts_);
    std::lock_guard<std::mutex> j(journal_); // want: lock-order "opposite order"
    balance_ += n;
  }
  void report() {
    std::lock_guard<std::mutex> j(journal_);
    std::lock_guard<std::mutex> a(accounts_);
    ++reports_;
  }

private:
  std::mutex accounts_, journal_;
  int balance_ = 0, reports_ = 0;
};
)cpp",
    R"cpp(#include <mutex>

class Bank {
public:
  void deposit(int n) {
    std::lock_guard<std::mutex> a(accounts_);
    std::lock_guard<std::mutex> j(journal_);
    balance_ += n;
  }
  void report() {
    std::scoped_lock both(journal_, accounts_);
    ++reports_;
  }

private:
  std::mutex accounts_, journal_;
  int balance_ = 0, reports_ = 0;
};
)cpp",
    "Take the locks in one order everywhere, take both at once with "
    "std::scoped_lock, or give the first back before the second is taken.",
    "Two locks that are the same member of two objects, unless both objects "
    "are variables; tasks that are started outside the program; circles of "
    "which every lock belongs to an object without a name.",
    run};

} // namespace heddle::rules

//===- BlockingUnderLock.cpp - A wait while a lock is held ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who can end the wait decides: when each of them may first need a lock that
// the waiter holds, the two can wait for one another. Messages are counted:
// what fits into the channel, or is taken before the lock is needed, blocks
// nobody.
//
//===----------------------------------------------------------------------===//

#include "rules/ChannelFacts.h"
#include "rules/Parallel.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::HeldLock;
using summary::TakenLock;

static bool isKept(const Event &E) {
  return (E.Obj && (summary::isWait(E.Kind) || summary::isSignal(E.Kind) ||
                    E.Kind == OpKind::TryRecv)) ||
         (E.Kind == OpKind::Lock && E.Obj && E.How != ir::Mode::Timed);
}

/// It may wait for another task while it holds a lock.
static bool blocksUnderLock(const Event &E) {
  return summary::isWait(E.Kind) && E.Obj && !E.InTask && !E.CanPass &&
         E.How != ir::Mode::Timed && !E.Held.empty();
}

/// K by a partner can end a wait by W.
static bool canEnd(OpKind W, OpKind K) {
  switch (W) {
  case OpKind::Recv:
    return K == OpKind::Send || K == OpKind::TrySend || K == OpKind::Close ||
           K == OpKind::Cancel;
  case OpKind::Send:
    return K == OpKind::Recv || K == OpKind::TryRecv;
  case OpKind::Wait:
    return K == OpKind::Done;
  case OpKind::CondWait:
    return K == OpKind::Signal || K == OpKind::Broadcast;
  default:
    return false;
  }
}

namespace {
constexpr unsigned Many = ChannelFacts::Many;

/// Why a wait can last for ever.
struct Need {
  const HeldLock *Held = nullptr;
  const Happening *Lock = nullptr;    ///< the partner's acquisition
  const Happening *Partner = nullptr; ///< what would end the wait, if an event
  bool IsCertain = false;
};

class Checker {
public:
  Checker(const RuleInput &In, const LockIdentity &Places,
          std::vector<Finding> &Out)
      : U(In.Program.unit()), Places(Places), Facts(U), Out(Out) {}

  void check(const Situation &Now) {
    S = &Now;
    for (const Happening &W : S->Happenings)
      if (blocksUnderLock(*W.E) && isFirstCase(W))
        judge(W);
  }

private:
  bool isFirstCase(const Happening &W) const;
  void judge(const Happening &W);
  std::optional<Need> needOf(const Happening &W) const;
  std::optional<Need> needByChannel(const Happening &W) const;
  std::optional<Need> needByEnd(const Happening &W) const;
  std::optional<Need> lockBefore(const Happening &W, const Happening &P,
                                 bool &OnEveryPath) const;
  const Happening *acquisition(const Happening &W, unsigned Strand, ObjId Lock,
                               const TakenLock *As) const;
  bool isSameThing(ObjId A, ObjId B) const {
    return Places.same(A, B, S->OfOneObject) == Same::Yes;
  }
  void report(const Happening &W, const Need &N);

  const ir::Unit &U;
  const LockIdentity &Places;
  const ChannelFacts Facts;
  const Situation *S = nullptr;
  std::vector<Finding> &Out;
};
} // namespace

/// Of a select only the first case is looked at, with the others beside it.
bool Checker::isFirstCase(const Happening &W) const {
  if (!W.E->Select.isValid())
    return true;
  for (const Happening &H : S->Happenings)
    if (H.Strand == W.Strand && H.E->Select == W.E->Select &&
        H.E->Via == W.E->Via)
      return H.E->Loc == W.E->Loc;
  return true;
}

void Checker::judge(const Happening &W) {
  std::optional<Need> Worst;
  for (const Happening &Case : S->Happenings) {
    bool IsCase = &Case == &W ||
                  (W.E->Select.isValid() && Case.Strand == W.Strand &&
                   Case.E->Select == W.E->Select && Case.E->Via == W.E->Via &&
                   Case.E->Held == W.E->Held && Case.E->Loc != W.E->Loc);
    if (!IsCase)
      continue;
    std::optional<Need> N = needOf(Case);
    if (!N)
      return; // One way out is enough.
    if (!Worst || !N->IsCertain)
      Worst = N;
  }
  if (Worst)
    report(W, *Worst);
}

std::optional<Need> Checker::needOf(const Happening &W) const {
  if (Facts.isUnseen(W.E->Obj) || (S->OfOneObject && Facts.isShared(W.E->Obj)))
    return std::nullopt;
  switch (W.E->Kind) {
  case OpKind::Wait:
  case OpKind::Join:
    return needByEnd(W);
  default:
    return needByChannel(W);
  }
}

/// Where Strand acquires Lock while the waiter of W runs. As says where in
/// the strand's own function, when that matters.
const Happening *Checker::acquisition(const Happening &W, unsigned Strand,
                                      ObjId Lock, const TakenLock *As) const {
  for (const Happening &K : S->Happenings) {
    if (K.Strand != Strand || K.E->Kind != OpKind::Lock || K.E->InTask ||
        !isSameThing(K.E->Obj, Lock) || !S->atOnce(K, W))
      continue;
    const SourceSpan &At = K.E->Via.empty() ? K.E->Loc : K.E->Via.front();
    if (!As || At == As->Loc || S->Strands[Strand].Task)
      return &K;
  }
  return nullptr;
}

/// The lock of W's that P's strand may take before P; OnEveryPath when it has
/// to.
std::optional<Need> Checker::lockBefore(const Happening &W, const Happening &P,
                                        bool &OnEveryPath) const {
  std::optional<Need> Out;
  OnEveryPath = false;
  // The lock that the wait gives back meanwhile, by another name perhaps.
  auto MayBeFreed = [&](ObjId Lock) {
    return W.E->Kind == OpKind::CondWait &&
           (W.E->Freed.empty() || llvm::any_of(W.E->Freed, [&](ObjId F) {
              return Places.same(F, Lock, S->OfOneObject) != Same::No;
            }));
  };
  for (const HeldLock &Held : W.E->Held)
    for (const TakenLock &T : P.E->Took) {
      if (!isSameThing(T.Lock, Held.Lock) || MayBeFreed(Held.Lock))
        continue;
      const Happening *K = acquisition(W, P.Strand, Held.Lock, &T);
      if (!K || (K->E->How == ir::Mode::Shared && Held.How == ir::Mode::Shared))
        continue;
      OnEveryPath |= T.OnEveryPath;
      if (!Out || T.OnEveryPath)
        Out = Need{&Held, K, &P, T.OnEveryPath && P.IsCertain && W.IsCertain};
    }
  return Out;
}

/// How often the events that Which says can happen, at most.
template <class Pred> static unsigned count(const Situation &S, Pred Which) {
  std::set<std::pair<unsigned, std::pair<SourceSpan, std::vector<SourceSpan>>>>
      Sites;
  unsigned N = 0;
  for (const Happening &H : S.Happenings)
    if (Which(H) && Sites.insert({H.Strand, {H.E->Loc, H.E->Via}}).second)
      N += H.E->IsRepeated || S.Strands[H.Strand].IsMany || S.OfOneObject ? Many
                                                                          : 1;
  return std::min(N, Many);
}

/// Channels and conditions: any partner will do.
std::optional<Need> Checker::needByChannel(const Happening &W) const {
  OpKind Kind = W.E->Kind;
  if (U.isSummarised(W.E->Obj))
    return std::nullopt;
  unsigned Spare = 0;
  if (Kind == OpKind::Send) {
    Spare = Facts.room(W.E->Obj);
    if (Spare >= Many)
      return std::nullopt;
  }
  std::optional<Need> Found;
  std::set<unsigned> Needy, Partners;
  std::set<std::pair<unsigned, std::pair<SourceSpan, std::vector<SourceSpan>>>>
      Free;
  for (const Happening &P : S->Happenings) {
    if (!canEnd(Kind, P.E->Kind) ||
        Places.same(P.E->Obj, W.E->Obj, S->OfOneObject) == Same::No)
      continue;
    // It does not end its own wait; a twin of it takes the same locks.
    if (P.Strand == W.Strand || !S->atOnce(P, W))
      continue;
    Partners.insert(P.Strand);
    bool OnEveryPath = false;
    std::optional<Need> N = lockBefore(W, P, OnEveryPath);
    if (N) {
      Needy.insert(P.Strand);
      if (!Found || (N->IsCertain && !Found->IsCertain))
        Found = N;
    }
    if (!OnEveryPath) {
      // A function that anybody calls comes as often as it likes; a task of the
      // object comes by once without the lock.
      if (P.E->Kind == OpKind::Close || Kind == OpKind::CondWait ||
          (S->OfOneObject && !S->Strands[P.Strand].Task))
        return std::nullopt; // It ends any number of waits.
      Free.insert({P.Strand, {P.E->Loc, P.E->Via}});
    }
  }
  // Some partner never needs the lock.
  if (!Found || Needy != Partners)
    return std::nullopt;
  unsigned Times = count(*S, [&](const Happening &H) {
    return H.E->Kind == Kind && isSameThing(H.E->Obj, W.E->Obj) &&
           (Kind == OpKind::Send || !Partners.count(H.Strand));
  });
  if (Times <= Spare + Free.size())
    return std::nullopt;
  if (!Free.empty() || Spare)
    Found->IsCertain = false;
  return Found;
}

/// Counters and joins: every task that is waited for has to end.
std::optional<Need> Checker::needByEnd(const Happening &W) const {
  std::optional<Need> Found;
  for (unsigned T = 0; T < S->Strands.size(); ++T) {
    const summary::Task *Task = S->Strands[T].Task;
    if (T == W.Strand || !S->runsBeside(T, W))
      continue;
    bool EndsByEnd =
        Task && ((Task->Handle && isSameThing(Task->Handle, W.E->Obj)) ||
                 (Task->Counted && isSameThing(Task->Counted, W.E->Obj)));
    if (EndsByEnd)
      for (const HeldLock &Held : W.E->Held)
        for (const Happening &K : S->Happenings)
          if (K.Strand == T && K.E->Kind == OpKind::Lock && !K.E->InTask &&
              isSameThing(K.E->Obj, Held.Lock) &&
              !(K.E->How == ir::Mode::Shared && Held.How == ir::Mode::Shared)) {
            bool Certain = K.IsCertain && W.IsCertain;
            if (!Found || (Certain && !Found->IsCertain))
              Found = Need{&Held, &K, nullptr, Certain};
          }
  }
  for (const Happening &P : S->Happenings) {
    if (!canEnd(W.E->Kind, P.E->Kind) || !isSameThing(P.E->Obj, W.E->Obj) ||
        P.Strand == W.Strand || !S->atOnce(P, W))
      continue;
    bool OnEveryPath = false;
    if (std::optional<Need> N = lockBefore(W, P, OnEveryPath))
      if (!Found || (N->IsCertain && !Found->IsCertain))
        Found = N;
  }
  return Found;
}

static std::string nameOf(OpKind K) {
  switch (K) {
  case OpKind::Send:
    return "send on";
  case OpKind::Recv:
    return "receive from";
  case OpKind::Join:
    return "join of";
  case OpKind::Sleep:
    return "sleep";
  case OpKind::Block:
    return "call";
  default:
    return "wait for";
  }
}

static std::string howItEnds(OpKind K) {
  switch (K) {
  case OpKind::Send:
  case OpKind::TrySend:
    return "before it sends here";
  case OpKind::Recv:
  case OpKind::TryRecv:
    return "before it receives here";
  case OpKind::Close:
    return "before it closes it here";
  case OpKind::Done:
    return "before it counts down here";
  default:
    return "before it signals here";
  }
}

void Checker::report(const Happening &W, const Need &N) {
  const Strand &Partner = S->Strands[N.Lock->Strand];
  std::string Lock = quoted(U, N.Held->Lock);
  bool IsSelect = W.E->Select.isValid();
  Finding F;
  F.Rule = "heddle-blocking-under-lock";
  F.Level = N.IsCertain ? Severity::Error : Severity::Warning;
  F.Loc = IsSelect ? W.E->Select : W.E->Loc;
  F.Message =
      (IsSelect ? std::string("this select")
                : "this " + nameOf(W.E->Kind) + " " + quoted(U, W.E->Obj)) +
      " blocks while " + Lock + " is held, but " + strandName(U, Partner) +
      ", which can end the wait, may need " + Lock +
      " first; the two can wait for one another for ever";
  noteStart(S->Strands[W.Strand], F.Notes);
  F.Notes.push_back({N.Held->Since, Lock + " is acquired here"});
  noteCalls(W.E->Via, F.Notes);
  F.Notes.push_back({W.E->Loc, "the wait is here, with " + Lock + " held"});
  noteStart(Partner, F.Notes);
  noteCalls(N.Lock->E->Via, F.Notes);
  F.Notes.push_back({N.Lock->E->Loc, strandName(U, Partner) + " needs " +
                                         quoted(U, N.Lock->E->Obj) + " here" +
                                         (N.Partner ? "" : " before it ends")});
  if (N.Partner) {
    noteCalls(N.Partner->E->Via, F.Notes);
    F.Notes.push_back({N.Partner->E->Loc, howItEnds(N.Partner->E->Kind)});
  }
  Out.push_back(std::move(F));
}

/// A wait that stands beside its lock in one function, whoever ends it.
static void advise(const ir::Unit &U, const summary::PathGraph &G,
                   std::vector<Finding> &Out) {
  for (const summary::PathNode &N : G.Nodes)
    for (const Event &E : N.Does) {
      bool Sleeps = E.Kind == OpKind::Sleep ||
                    (E.Kind == OpKind::Block && E.How == ir::Mode::Thread);
      if (!E.Via.empty() || E.Held.empty() || E.InTask ||
          !(Sleeps || E.Kind == OpKind::Wait || E.Kind == OpKind::Join) ||
          E.How == ir::Mode::Timed)
        continue;
      Finding F;
      F.Rule = "heddle-blocking-under-lock";
      F.Level = Severity::Advice;
      F.Loc = E.Loc;
      F.Message = "this " + nameOf(E.Kind) +
                  (E.Obj ? " " + quoted(U, E.Obj) : std::string()) +
                  " blocks while " + quoted(U, E.Held.back().Lock) +
                  " is held; whoever wants the lock waits as long";
      F.Notes.push_back({E.Held.back().Since,
                         quoted(U, E.Held.back().Lock) + " is acquired here"});
      Out.push_back(std::move(F));
    }
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  LockIdentity Places(In.Program);
  Checker C(In, Places, Out);
  for (const Situation &S : situations(In.Program, isKept, true))
    C.check(S);
  for (const auto &G : In.Program.summaries().graphs())
    advise(U, *G, Out);
}

extern const Rule BlockingUnderLock;
const Rule BlockingUnderLock = {
    "heddle-blocking-under-lock",
    "a wait while holding a lock that the partner needs",
    "a send, receive, select without a way out, wait for a counter or "
    "condition, or join, while a lock is held, when each task that can end "
    "the wait may first have to acquire that lock: then the two can wait for "
    "one another. Room in the channel, and partners that come to the point "
    "without the lock, are counted. Where no program is shown, the methods of "
    "a "
    "class and the tasks that its constructor starts count as running at once. "
    "As advice: any other wait for a counter, "
    "join or sleep with a lock held in the same function.",
    "The waiter keeps the lock until its partner comes, and the partner does "
    "not come without the lock.",
    R"cpp(#include <heddle/heddle.h>

class Mailbox {
public:
  void put(int letter) {
    heddle::MutexLock lock(mu_);
    letters_.Send(letter);
    ++count_;
  }
  int take() {
    heddle::MutexLock lock(mu_);
    --count_;
    return letters_.Recv().value_or(0); // want: blocking-under-lock "this receive from 'letters_' blocks while 'mu_' is held"
  }

private:
  heddle::Mutex mu_;
  int count_ = 0;
  heddle::Channel<int> letters_;
};
)cpp",
    R"cpp(#include <heddle/heddle.h>

class Mailbox {
public:
  void put(int letter) {
    letters_.Send(letter);
    heddle::MutexLock lock(mu_);
    ++count_;
  }
  int take() {
    int letter = letters_.Recv().value_or(0);
    heddle::MutexLock lock(mu_);
    --count_;
    return letter;
  }

private:
  heddle::Mutex mu_;
  int count_ = 0;
  heddle::Channel<int> letters_;
};
)cpp",
    "Do what needs the lock, give it back, then wait; or select with a "
    "default, or give the channel room for all that is sent.",
    "Channels in containers, channels that code outside the program can reach, "
    "and channels whose capacity is not known are not judged. In a class that "
    "no program shown uses, only channels that no member hands out are.",
    run};

} // namespace heddle::rules

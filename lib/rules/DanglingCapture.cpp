//===- DanglingCapture.cpp - A task uses what has gone --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "rules/ByName.h"
#include "rules/Hearing.h"
#include "rules/LastDone.h"
#include "rules/LifeEnd.h"
#include "rules/Wording.h"
#include <algorithm>
#include <optional>

namespace heddle::rules {

using ir::ObjectKind;
using ir::OpKind;
using summary::Event;
using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::PathState;
using summary::Task;

/// Every way out of Callee returns an object that it made itself, and so a new
/// one.
static bool returnsItsOwn(const ir::Unit &U, FuncId Callee) {
  const ir::Function &F = U.function(Callee);
  for (const ir::Block &B : F.Blocks) {
    const ir::Operand &V = B.Term.Value;
    if (B.Term.K != ir::Terminator::Kind::Return ||
        V.K == ir::Operand::Kind::None)
      continue;
    if (V.K != ir::Operand::Kind::Place)
      return false;
    const ir::Object &O = U.object(V.Obj);
    if (O.Kind != ObjectKind::Local || O.Owner != Callee || O.IsAlias)
      return false;
  }
  return F.hasBody();
}

/// The local that Temp, what a call in F returned, was made into; none when it
/// goes by another name too, which a copy does, or when it was there before.
static ObjId localOf(const ir::Unit &U, ObjId Temp, FuncId F,
                     const PathState &S) {
  ObjId Found;
  for (const auto &[Place, To] : S.Bindings) {
    if (To.K != ir::Operand::Kind::Place || U.root(To.Obj) != Temp)
      continue;
    const ir::Object &O = U.object(Place);
    if (Found || To.Obj != Temp || O.Kind != ObjectKind::Local ||
        O.Owner != F || O.IsAlias || O.Type != ir::TypeClass::Other)
      return {};
    Found = Place;
  }
  if (!Found)
    return {};
  for (const ir::Block &B : U.function(F).Blocks)
    for (const ir::Op &Op : B.Ops)
      if (Op.Result == Temp) {
        auto Fits = [&](FuncId T) { return returnsItsOwn(U, T); };
        bool IsNew = Op.Kind == OpKind::Call && !Op.Fn.Open &&
                     Op.Fn.Targets.size() == 1 && Fits(Op.Fn.Targets[0]);
        return IsNew ? Found : ObjId();
      }
  return {};
}

/// The object of F's own that E reaches by reference; none when there is none,
/// or when a handle is on the way, which keeps alive what it refers to.
static ObjId ownObject(const ir::Unit &U, const Event &E, FuncId F,
                       const PathState &S) {
  if (!E.Obj || E.InTask || E.OnCopy || U.isSummarised(E.Obj))
    return {};
  for (ObjId At = E.Obj; At; At = U.object(At).Base)
    if (U.object(At).IsAlias)
      return {};
  ObjId Root = U.root(E.Obj);
  const ir::Object &O = U.object(Root);
  if (O.Owner != F || O.IsThreadLocal)
    return {};
  if (O.Kind == ObjectKind::Temp)
    return localOf(U, Root, F, S);
  bool IsOwn = O.Kind == ObjectKind::Local || O.Kind == ObjectKind::Param;
  return IsOwn ? Root : ObjId();
}

/// The variable that ends when Part does, which may be one of its members: what
/// has no destructor of its own ends by those of its parts.
static ObjId wholeOf(const ir::Unit &U, ObjId Part) {
  while (Part && U.object(Part).Kind == ObjectKind::Field &&
         !U.object(Part).IsAlias)
    Part = U.object(Part).Base;
  return Part;
}

/// Joined, or ended with its handle, is not this rule's; nor is what
/// missing-wait says: that nobody waits for a counter of F's own.
static bool isJudged(const ir::Unit &U, const Task &T, const LiveTask &L,
                     FuncId F, bool IsWaitedForLater) {
  if (T.IsOpen || T.IsBlurred)
    return false;
  if (T.How != ir::Mode::Plain && !(T.How == ir::Mode::Thread && L.IsDetached))
    return false;
  if (IsWaitedForLater)
    return true;
  return std::none_of(
      L.Before.begin(), L.Before.end(), [&](const summary::Balance &B) {
        return T.takes(B.Counter) != 0 && isOwnedBy(U, B.Counter, F);
      });
}

namespace {
class Checker {
public:
  Checker(const RuleInput &In, const PathGraph &G, Hearing &Heard,
          std::vector<Finding> &Out)
      : U(In.Program.unit()), G(G), Heard(Heard), Out(Out) {}

  void run() {
    // With main the program ends, and the tasks with it.
    bool IsMain = U.function(G.Func).IsMain;
    for (const PathNode &N : G.Nodes) {
      if (N.Before->Live.empty())
        continue;
      if (ObjId Gone = wholeOf(U, endedBefore(U, G, N));
          Gone && (!IsMain || goesOn(N)))
        check(N, Gone, endOf(U, G, N));
      if (N.IsExit && N.Exit == summary::ExitKind::Return && !IsMain)
        check(N, {}, G.locationOf(U, N));
    }
  }

private:
  /// What stands behind N is more than the ends of scopes.
  bool goesOn(const PathNode &N) const {
    const ir::Function &F = U.function(G.Func);
    return !endsFunction(F, N.Block, N.OpIndex);
  }

  /// A wait for what T counts down stands behind N, too late for what is gone.
  bool isWaitedForBehind(const PathNode &N, const Task &T) const {
    const std::vector<ir::Block> &Blocks = U.function(G.Func).Blocks;
    auto Waits = [&](const ir::Op &Op) {
      return Op.Kind == OpKind::Wait && T.takes(Op.Obj) != 0;
    };
    std::vector<bool> Seen(Blocks.size());
    std::vector<BlockId> Todo;
    auto Look = [&](BlockId Id, unsigned From) {
      const ir::Block &B = Blocks[Id.index()];
      if (std::any_of(B.Ops.begin() + std::min<size_t>(From, B.Ops.size()),
                      B.Ops.end(), Waits))
        return true;
      for (BlockId S : ir::successors(B))
        if (!Seen[S.index()]) {
          Seen[S.index()] = true;
          Todo.push_back(S);
        }
      return false;
    };
    if (Look(N.Block, N.OpIndex))
      return true;
    while (!Todo.empty()) {
      BlockId Id = Todo.back();
      Todo.pop_back();
      if (Look(Id, 0))
        return true;
    }
    return false;
  }

  /// Gone: only that object; none for all that die with the function.
  void check(const PathNode &N, ObjId Gone, SourceSpan Where) {
    for (const LiveTask &L : N.Before->Live) {
      const Task &T = G.Tasks[L.Task];
      if (!isJudged(U, T, L, G.Func, Gone && isWaitedForBehind(N, T)))
        continue;
      if (std::optional<Use> Bad = useOf(N, L.Task, Gone);
          Bad && !Heard.mayHearByAtomic(G, L.Task, N))
        report(N, T, *Bad, Where);
    }
  }

  /// Where a task uses an object of its starter's.
  struct Use {
    ObjId Own;
    SourceSpan Loc;
    std::vector<SourceSpan> Via;
  };

  /// One of those that are gone at N, by the task number Index.
  std::optional<Use> useOf(const PathNode &N, unsigned Index,
                           ObjId Gone) const {
    auto IsGone = [&](ObjId Own) {
      return Own && (!Gone || Own == Gone) && !N.Before->isUnknown(U, Own);
    };
    for (const Event &E : G.Tasks[Index].Events)
      if (ObjId Own = ownObject(U, E, G.Func, *N.Before); IsGone(Own))
        return Use{Own, E.Loc, E.Via};
    for (const NamedUse &Named : usesByName(U, G, Index))
      if (IsGone(Named.Own))
        return Use{Named.Own, Named.Loc, {}};
    return std::nullopt;
  }

  void report(const PathNode &N, const Task &T, const Use &Bad,
              SourceSpan Where) {
    Finding F;
    F.Rule = "heddle-dangling-capture";
    F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = T.Loc;
    std::string Name = quoted(U, Bad.Own);
    F.Message = taskName(T) + " uses " + Name +
                ", which may be gone by then: nothing waits for the task on "
                "the way to the end of its life";
    if (U.object(Bad.Own).Loc.isValid())
      F.Notes.push_back({U.object(Bad.Own).Loc, Name + " is declared here"});
    noteStarters(T, F.Notes);
    noteCalls(Bad.Via, F.Notes);
    F.Notes.push_back({Bad.Loc, "the task uses it here"});
    F.Notes.push_back({Where, Name + " dies here"});
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  const PathGraph &G;
  Hearing &Heard;
  std::vector<Finding> &Out;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Hearing Heard(In.Program.unit());
  for (const auto &G : In.Program.summaries().graphs())
    Checker(In, *G, Heard, Out).run();
}

extern const Rule DanglingCapture;
const Rule DanglingCapture = {
    "heddle-dangling-capture",
    "a task uses a local object by reference that may die before the task ends",
    "a path on which a task is started that reads, writes, locks or signals a "
    "local object of its starter by reference (a [&] capture, a pointer, "
    "`this`, through what it calls; of a captured pointer or handle that "
    "variable itself), and on which the object's life ends (its "
    "function returns, its scope is left) without a wait, a receive, a join or "
    "anything else by which the path could know that the task is done. A task "
    "that a local wait group counts is missing-wait's, and one that main "
    "leaves "
    "behind unawaited-task's.",
    "The task goes on with memory that is somebody else's by then: it reads "
    "garbage and overwrites what now stands there.",
    R"cpp(#include <heddle/heddle.h>

int Measure();

int Ask(heddle::Channel<heddle::Unit> enough) {
  int answer = 0;
  heddle::Channel<heddle::Unit> ready(1);
  heddle::go([&answer, ready]() mutable { // want: dangling-capture "uses 'answer'"
    answer = Measure();
    ready.Close();
  });
  if (heddle::Select(heddle::OnRecv(ready), heddle::OnRecv(enough)) == 1)
    return -1;
  return answer;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int Measure();

int Ask(heddle::Channel<heddle::Unit> enough) {
  heddle::Channel<int> answer(1);
  heddle::go([answer]() mutable { answer.Send(Measure()); });
  int result = -1;
  heddle::Select(heddle::OnRecv(answer,
                                [&](auto got) { result = got.value_or(-1); }),
                 heddle::OnRecv(enough));
  return result;
}
)cpp",
    "Wait for the task on every path, or let it own what it uses: capture by "
    "value, or share it by std::shared_ptr.",
    "What a handle refers to, elements of containers, arguments of the spawn "
    "(which are copied), and tasks that change an atomic are not judged, "
    "unless "
    "their starter neither looks at that nor waits for anything on the way. "
    "Timers are not judged, nor are objects that a class keeps elsewhere than "
    "in "
    "a local: `this` of an object on the heap.",
    run};

} // namespace heddle::rules

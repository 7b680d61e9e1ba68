//===- UnguardedGlobal.cpp - A global that tasks race on ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"
#include "rules/Wording.h"
#include <set>

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::HeldLock;
using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

static bool isAccess(const ir::Unit &U, const Event &E) {
  if (E.Kind != OpKind::Read && E.Kind != OpKind::Write)
    return false;
  // What a thread's own variable leads to is another object in every thread.
  const ir::Object &Root = U.object(U.root(E.Obj));
  return (Root.Kind == ir::ObjectKind::Global ||
          Root.Kind == ir::ObjectKind::Static) &&
         !Root.IsThreadLocal;
}

/// A pointer and what it points to are not one memory, though one place.
static bool meet(const ir::Unit &U, const Event &A, const Event &B) {
  auto IsPointer = [](const Event &E) { return E.How == ir::Mode::Pointer; };
  if (IsPointer(A) || IsPointer(B))
    return IsPointer(A) == IsPointer(B) && A.Obj == B.Obj;
  return overlap(U, A.Obj, B.Obj);
}

/// A lock that both hold keeps them apart, unless both hold it shared.
static bool haveCommonLock(const ir::Unit &U, const Event &A, const Event &B) {
  for (const HeldLock &X : A.Held)
    for (const HeldLock &Y : B.Held)
      if ((X.Lock == Y.Lock || sameDeclaration(U, X.Lock, Y.Lock)) &&
          !(X.How == ir::Mode::Shared && Y.How == ir::Mode::Shared))
        return true;
  return false;
}

namespace {
class Checker {
public:
  Checker(const RuleInput &In, std::vector<Finding> &Out)
      : U(In.Program.unit()), Out(Out) {}

  void check(const PathGraph &G) {
    // Of several accesses at one place (x += 1) the writes say most.
    for (bool BothWrite : {true, false})
      for (const PathNode &N : G.Nodes) {
        // A task that starts against those that run, its own twins among them.
        for (unsigned Started : N.Starts)
          for (const Event &Its : G.Tasks[Started].Events)
            beside(Its, &G.Tasks[Started], G, N, BothWrite);
        // What this path does itself, or has done, against them.
        for (const Event &Mine : N.Does)
          beside(Mine, nullptr, G, N, BothWrite);
      }
  }

private:
  /// A, done by TaskOfA or by the path itself, against what runs at N.
  void beside(const Event &A, const Task *TaskOfA, const PathGraph &G,
              const PathNode &N, bool BothWrite) {
    if (!isAccess(U, A))
      return;
    for (const LiveTask &L : N.Before->Live) {
      const Task &T = G.Tasks[L.Task];
      // What the starter does at A the task does there too, and it looks at an
      // atomic, which may say who of the two is to do it: once for all.
      if (!TaskOfA && usesAtomic(T) &&
          std::any_of(T.Events.begin(), T.Events.end(),
                      [&](const Event &E) { return E.Loc == A.Loc; }))
        continue;
      for (const Event &B : T.Events) {
        if (!isAccess(U, B) || !meet(U, A, B) || haveCommonLock(U, A, B))
          continue;
        int Writes = (A.Kind == OpKind::Write) + (B.Kind == OpKind::Write);
        if (Writes == 0 || (BothWrite && Writes == 1))
          continue;
        auto Pair = std::minmax(A.Loc, B.Loc);
        if (Reported.insert({Pair.first, Pair.second}).second)
          report(A, TaskOfA, B, T, N);
      }
    }
  }

  /// Who does E: a task in sight, one that a callee started, or the starter.
  static std::string party(const Event &E, const Task *T) {
    if (T)
      return taskName(*T);
    return E.InTask ? "another task" : "its starter";
  }

  void report(const Event &A, const Task *TaskOfA, const Event &B,
              const Task &T, const PathNode &N) {
    // The write is what is wrong; of two the task's.
    bool AtB = B.Kind == OpKind::Write;
    const Event &Write = AtB ? B : A;
    const Event &Other = AtB ? A : B;
    const Task *Writer = AtB ? &T : TaskOfA;
    const Task *OtherTask = AtB ? TaskOfA : &T;
    bool Same = Write.Loc == Other.Loc;
    bool Twins = (Writer && Writer == OtherTask) ||
                 (Same && (OtherTask || Other.InTask));
    Finding F;
    F.Rule = "heddle-unguarded-global";
    F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Write.Loc;
    F.Message =
        quoted(U, Write.Obj) + " is written here by " +
        (Writer ? taskName(*Writer)
                : std::string(Write.InTask ? "a task" : "the starter")) +
        " while " + (Twins ? "another run of it" : party(Other, OtherTask)) +
        (Other.Kind == OpKind::Write ? " can write it" : " can read it") +
        "; no lock, atomic or wait orders the two";
    if (Writer)
      F.Notes.push_back({Writer->Loc, taskName(*Writer) + " is started here"});
    noteCalls(Write.Via, F.Notes);
    if (OtherTask && !(Writer && OtherTask->Loc == Writer->Loc))
      F.Notes.push_back(
          {OtherTask->Loc, taskName(*OtherTask) + " is started here"});
    if (!Same) {
      noteCalls(Other.Via, F.Notes);
      F.Notes.push_back({Other.Loc, Other.Kind == OpKind::Write
                                        ? "the other write is here"
                                        : "the other access is here"});
    }
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  std::vector<Finding> &Out;
  /// Pairs of locations: each pair once, whichever of the two is the task's.
  std::set<std::pair<SourceSpan, SourceSpan>> Reported;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker C(In, Out);
  for (const auto &G : In.Program.summaries().graphs())
    C.check(*G);
}

extern const Rule UnguardedGlobal;
const Rule UnguardedGlobal = {
    "heddle-unguarded-global",
    "a global that tasks access without a common lock",
    "a global or static variable that is not const, atomic or thread_local, "
    "written by a task while its starter, another task or another run of the "
    "same task can read or write it, with no lock held by both, and no wait "
    "(wait group, receive, join, condition) between the two.",
    "The two accesses race: a count is lost, a container is torn, and the "
    "compiler may assume that it never happens.",
    R"cpp(#include <heddle/heddle.h>

int visits = 0;

void Visit() {
  ++visits; // want: unguarded-global "'visits' is written here"
}

int main() {
  heddle::WaitGroup wg;
  wg.Go(Visit);
  wg.Go(Visit);
  wg.Wait();
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

heddle::Mutex mu;
int visits = 0;

void Visit() {
  heddle::MutexLock lock(mu);
  ++visits;
}

int main() {
  heddle::WaitGroup wg;
  wg.Go(Visit);
  wg.Go(Visit);
  wg.Wait();
}
)cpp",
    "Guard it with one lock, make it atomic, or let one task own it and send "
    "to that.",
    "Accesses through pointers to the variable, and tasks that are started "
    "outside the program, are not seen.",
    run};

} // namespace heddle::rules

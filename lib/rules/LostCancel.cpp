//===- LostCancel.cpp - A context that nobody can cancel any more ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"
#include <algorithm>

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::LiveTask;
using summary::OwedCancel;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

namespace {
class Checker {
public:
  Checker(const RuleInput &In, std::vector<Finding> &Out)
      : U(In.Program.unit()), Out(Out) {
    for (const auto &G : In.Program.summaries().graphs())
      if (U.function(G->Func).IsDestructor)
        for (const PathNode &N : G->Nodes)
          for (const Event &E : N.Does)
            if (E.Kind == OpKind::Cancel)
              InDestructors.push_back(E.Obj);
  }

  void check(const PathGraph &G) {
    for (const PathNode &N : G.Nodes) {
      if (!N.IsExit || N.Exit != summary::ExitKind::Return)
        continue;
      for (const OwedCancel &C : N.Lost)
        if (!isOwnersToCancel(N, C) && !isShared(G, N, C) &&
            (!U.function(G.Func).IsMain || matters(G, N, C)))
          report(G, N, C);
    }
  }

private:
  /// A class whose destructor cancels keeps the function: whoever shares the
  /// last handle to the object calls it, which is out of sight.
  bool isOwnersToCancel(const PathNode &N, const OwedCancel &C) const {
    auto Cancels = [&](ObjId Place) {
      return std::any_of(InDestructors.begin(), InDestructors.end(),
                         [&](ObjId O) { return sameDeclaration(U, O, Place); });
    };
    if (Cancels(C.Context))
      return true;
    for (const auto &[Place, To] : N.Before->Bindings)
      if (To.K == ir::Operand::Kind::Place && overlap(U, To.Obj, C.Context) &&
          Cancels(Place))
        return true;
    return false;
  }

  /// The object that keeps the function is a task's too, and on another path
  /// the caller's: which of them cancels may hang on what no branch shows.
  bool isShared(const PathGraph &G, const PathNode &N,
                const OwedCancel &C) const {
    bool IsHandedOn = false;
    for (const PathNode &Other : G.Nodes)
      for (const OwedCancel &X : Other.Owed)
        IsHandedOn |= X.Made == C.Made;
    // Nor is it known what a handle denotes that a lambda has set.
    const ir::Terminator &T = U.function(G.Func).Blocks[N.Block.index()].Term;
    ObjId Value = T.Value.K == ir::Operand::Kind::Place ? T.Value.Obj : ObjId();
    IsHandedOn |= Value && U.object(Value).IsAlias && !N.Before->binding(Value);
    if (!IsHandedOn)
      return false;
    for (const auto &[Place, To] : N.Before->Bindings)
      if (To.K == ir::Operand::Kind::Place && overlap(U, To.Obj, C.Context) &&
          isUsedByTask(G, N, U.root(Place)))
        return true;
    return isUsedByTask(G, N, U.root(C.Context));
  }

  bool isUsedByTask(const PathGraph &G, const PathNode &N, ObjId Owner) const {
    for (const LiveTask &L : N.Before->Live)
      for (const Event &E : G.Tasks[L.Task].Events)
        if (E.Obj && E.Obj != Owner && U.root(E.Obj) == Owner)
          return true;
    return false;
  }

  /// With main everything ends, so it has to show: a task waits for the
  /// context, or main cancels it on another path.
  bool matters(const PathGraph &G, const PathNode &N,
               const OwedCancel &C) const {
    for (const LiveTask &L : N.Before->Live)
      if (std::any_of(G.Tasks[L.Task].Events.begin(),
                      G.Tasks[L.Task].Events.end(), [&](const Event &E) {
                        // A look at it, or a select that may pass, is no wait.
                        return E.Kind == OpKind::Recv && E.Obj == C.Context &&
                               !E.CanPass;
                      }))
        return true;
    for (const PathNode &Other : G.Nodes)
      if (Other.IsExit && Other.Exit == summary::ExitKind::Return &&
          std::none_of(Other.Lost.begin(), Other.Lost.end(),
                       [&](const OwedCancel &X) { return X.Made == C.Made; }))
        return true;
    return false;
  }

  void report(const PathGraph &G, const PathNode &N, const OwedCancel &C) {
    Finding F;
    F.Rule = "heddle-lost-cancel";
    F.Level =
        N.Before->IsCertain && !C.IsTimed ? Severity::Error : Severity::Warning;
    F.Loc = C.Made;
    F.Message = std::string("the cancel function of this context is neither "
                            "called nor handed on when '") +
                U.function(G.Func).Name + "' returns; " +
                (C.IsTimed ? "what waits for the context goes on until its "
                             "deadline"
                           : "what waits for the context goes on until its "
                             "parent ends");
    noteCalls(C.Via, F.Notes);
    for (const LiveTask &L : N.Before->Live)
      for (const Event &E : G.Tasks[L.Task].Events)
        if (E.Kind == OpKind::Recv && E.Obj == C.Context && !E.InTask) {
          const Task &T = G.Tasks[L.Task];
          F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
          F.Notes.push_back({E.Loc, "it waits for the context here"});
          break;
        }
    F.Notes.push_back({G.locationOf(U, N), "the function is lost here"});
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  std::vector<Finding> &Out;
  std::vector<ObjId> InDestructors;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker C(In, Out);
  for (const auto &G : In.Program.summaries().graphs())
    C.check(*G);
}

extern const Rule LostCancel;
const Rule LostCancel = {
    "heddle-lost-cancel",
    "a context's cancel function that some path never calls",
    "a path on which a function derives a context (WithCancel, WithTimeout, "
    "WithDeadline), or gets one from what it calls, and returns without having "
    "called its cancel function, deferred it or handed it on: returned, stored "
    "where somebody else can reach it, captured by a task or a closure that is "
    "kept, passed to code out of sight. To hand the context itself on is not "
    "enough. In main, where everything ends, only a context that a task still "
    "waits for, or that main cancels on another path.",
    "Whatever waits for the context, a task in a select or a timer, stays for "
    "as long as the parent context lives, which is often as long as the "
    "program.",
    R"cpp(#include <heddle/heddle.h>

heddle::Error Check(int station);
void Beat(heddle::Context ctx);

heddle::Error Read(int station) {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background()); // want: lost-cancel "neither called nor handed on"
  heddle::go(Beat, ctx);
  if (heddle::Error error = Check(station))
    return error;
  cancel();
  return std::nullopt;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

heddle::Error Check(int station);
void Beat(heddle::Context ctx);

heddle::Error Read(int station) {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  HEDDLE_DEFER(cancel());
  heddle::go(Beat, ctx);
  if (heddle::Error error = Check(station))
    return error;
  return std::nullopt;
}
)cpp",
    "Defer the call right after the context is derived; calling it twice does "
    "no harm.",
    "Paths by which an exception leaves the function are not judged, nor "
    "functions that are kept in containers or in several places at once.",
    run};

} // namespace heddle::rules

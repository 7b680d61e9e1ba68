//===- DoneNotDeferred.cpp - A Done that an exception steps over ----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "rules/LastDone.h"
#include "rules/Wording.h"
#include <algorithm>

namespace heddle::rules {

using ir::OpKind;

namespace {
/// A way out of a task's function that is not its end.
struct Leak {
  SourceSpan Loc;
  std::string What;
};

class Checker {
public:
  Checker(const RuleInput &In, std::vector<Finding> &Out)
      : P(In.Program), U(P.unit()), Out(Out), SpawnOf(U.Functions.size()),
        Throwing(U.Functions.size(), State::Unasked) {}

  void run() {
    for (const ir::Function &F : U.Functions)
      for (const ir::Block &B : F.Blocks)
        for (const ir::Op &Op : B.Ops)
          // What leaves a thread's function ends the program, Done or not.
          if (Op.Kind == OpKind::Spawn &&
              (Op.How == ir::Mode::Plain || Op.How == ir::Mode::Async))
            enter(Op.Fn, Op.Loc);
    while (!Todo.empty()) {
      FuncId F = Todo.back();
      Todo.pop_back();
      check(F);
    }
  }

private:
  enum class State : uint8_t { Unasked, Asking, No, Yes };

  /// Fn is all that a task runs.
  void enter(const ir::Callable &Fn, SourceSpan Spawn) {
    for (FuncId F : Fn.Targets)
      if (!SpawnOf[F.index()].isValid()) {
        SpawnOf[F.index()] = Spawn;
        Todo.push_back(F);
      }
  }

  void check(FuncId Id) {
    const ir::Function &F = U.function(Id);
    std::vector<const ir::Op *> Dones;
    for (uint32_t B = 0; B < F.Blocks.size(); ++B)
      for (unsigned I = 0; I < F.Blocks[B].Ops.size(); ++I) {
        const ir::Op &Op = F.Blocks[B].Ops[I];
        bool IsLast = endsFunction(F, BlockId(B), I + 1);
        // A task that is one call of another function is that function.
        if (Op.Kind == OpKind::Call && !Op.Deferred && IsLast)
          enter(Op.Fn, SpawnOf[Id.index()]);
        if (Op.Kind != OpKind::Done)
          continue;
        // It counts something else than the task, or with a second counter.
        if (Op.Deferred || !IsLast || U.isSummarised(Op.Obj) ||
            (!Dones.empty() && Dones[0]->Obj != Op.Obj))
          return;
        Dones.push_back(&Op);
      }
    if (Dones.empty() || F.IsNoexcept || !isAllThereIs(Id, Dones))
      return;
    auto ByPlace = [](const ir::Op *A, const ir::Op *B) {
      return A->Loc < B->Loc;
    };
    const ir::Op &Last =
        **std::max_element(Dones.begin(), Dones.end(), ByPlace);
    if (std::optional<Leak> Way = earlierWayOut(Id, Dones, Last))
      report(Id, Last, *Way);
  }

  /// Neither callees nor tasks of F count down what Dones do.
  bool isAllThereIs(FuncId F, const std::vector<const ir::Op *> &Dones) const {
    const std::vector<summary::Event> &All = P.summaries().of(F).Events;
    return std::all_of(All.begin(), All.end(), [&](const summary::Event &E) {
      return E.Kind != OpKind::Done || E.Obj != Dones[0]->Obj ||
             std::any_of(Dones.begin(), Dones.end(), [&](const ir::Op *Done) {
               return Done->Loc == E.Loc;
             });
    });
  }

  /// A return with a Done of its own, or what may throw past the last one.
  std::optional<Leak> earlierWayOut(FuncId Id,
                                    const std::vector<const ir::Op *> &Dones,
                                    const ir::Op &Last) {
    const ir::Function &F = U.function(Id);
    for (const ir::Op *Done : Dones)
      if (Done != &Last)
        return Leak{Done->Loc,
                    "the task ends here too, with a Done of its own"};
    // What stands behind the Done comes after it.
    for (const link::UnseenThrower &T : P.unseenThrowers(Id))
      if (T.Loc < Last.Loc && leaves(F, T.Unwind, Last.Obj))
        return Leak{T.Loc, "'" + T.Name + "' may throw here"};
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (const ir::Function *By = thrower(Op);
            By && leaves(F, Op.Unwind, Last.Obj))
          return Leak{Op.Loc, "'" + By->Name + "' may throw here"};
    return std::nullopt;
  }

  /// The function that Op calls and that may throw; null when there is none.
  const ir::Function *thrower(const ir::Op &Op) {
    if (Op.Kind == OpKind::Call)
      for (FuncId F : Op.Fn.Targets)
        if (mayThrow(F))
          return &U.function(F);
    return nullptr;
  }

  bool mayThrow(FuncId Id) {
    const ir::Function &F = U.function(Id);
    State &Known = Throwing[Id.index()];
    if (Known != State::Unasked)
      return Known == State::Yes;
    Known = State::Asking; // Recursion adds no thrower of its own.
    bool Is = !F.IsNoexcept && !F.IsDestructor && throws(Id);
    Throwing[Id.index()] = Is ? State::Yes : State::No;
    return Is;
  }

  bool throws(FuncId Id) {
    const ir::Function &F = U.function(Id);
    for (const link::UnseenThrower &T : P.unseenThrowers(Id))
      if (leaves(F, T.Unwind, {}))
        return true;
    for (const ir::Block &B : F.Blocks) {
      if (B.Term.K == ir::Terminator::Kind::Throw &&
          (B.Term.Succs.empty() || leaves(F, B.Term.Succs[0], {})))
        return true;
      for (const ir::Op &Op : B.Ops)
        if (thrower(Op) && leaves(F, Op.Unwind, {}))
          return true;
    }
    return false;
  }

  /// An exception that enters Start leaves F, and no Done of Counter before.
  static bool leaves(const ir::Function &F, BlockId Start, ObjId Counter) {
    if (!Start)
      return true;
    std::vector<bool> Seen(F.Blocks.size());
    std::vector<BlockId> Todo = {Start};
    while (!Todo.empty()) {
      BlockId Id = Todo.back();
      Todo.pop_back();
      if (Seen[Id.index()])
        continue;
      Seen[Id.index()] = true;
      const ir::Block &B = F.Blocks[Id.index()];
      if (std::any_of(B.Ops.begin(), B.Ops.end(), [&](const ir::Op &Op) {
            return Op.Kind == OpKind::Done && Op.Obj == Counter;
          }))
        continue;
      if (B.Term.K == ir::Terminator::Kind::Resume)
        return true;
      for (BlockId S : ir::successors(B))
        Todo.push_back(S);
    }
    return false;
  }

  void report(FuncId Id, const ir::Op &Done, const Leak &Way) {
    Finding F;
    F.Rule = "heddle-done-not-deferred";
    F.Level = Severity::Advice;
    F.Loc = Done.Loc;
    F.Message = "only the way that ends here calls Done on " +
                quoted(U, Done.Obj) +
                "; deferred as the task's first statement it is called on "
                "every way out";
    F.Notes.push_back({SpawnOf[Id.index()], "the task is started here"});
    F.Notes.push_back({Way.Loc, Way.What});
    F.Repair = deferralOf(U, Done.Loc);
    Out.push_back(std::move(F));
  }

  const link::Program &P;
  const ir::Unit &U;
  std::vector<Finding> &Out;
  std::vector<SourceSpan> SpawnOf;
  std::vector<State> Throwing;
  std::vector<FuncId> Todo;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker(In, Out).run();
}

extern const Rule DoneNotDeferred;
const Rule DoneNotDeferred = {
    "heddle-done-not-deferred",
    "a task calls Done last instead of deferring it",
    "a goroutine (or a task of std::async) whose function, or the one that it "
    "ends with a call of, calls Done as its last deed and not deferred, where "
    "something before it may throw past it (a function that is not noexcept "
    "and whose body is not known or shows a throw, a stored callable) or "
    "returns with a Done of its own. Advice: the program may well be right. "
    "With a fix-it where moving the call is certain to compile and to mean the "
    "same. A way out on which the Done is missing is missing-done's.",
    "An exception that nobody expects steps over the Done, and the wait never "
    "returns; so does the next early return that somebody adds. A deferred "
    "Done cannot be forgotten.",
    R"cpp(#include <heddle/heddle.h>

void Fetch(int page);

void FetchAll(int pages) {
  heddle::WaitGroup wg;
  wg.Add(pages);
  for (int page = 0; page < pages; ++page)
    heddle::go([&wg, page] {
      Fetch(page);
      wg.Done(); // want: done-not-deferred "calls Done on 'wg'"
    });
  wg.Wait();
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Fetch(int page);

void FetchAll(int pages) {
  heddle::WaitGroup wg;
  wg.Add(pages);
  for (int page = 0; page < pages; ++page)
    heddle::go([&wg, page] {
      HEDDLE_DEFER(wg.Done());
      Fetch(page);
    });
  wg.Wait();
}
)cpp",
    "Defer the Done as the task's first statement, or use WaitGroup::Go. A "
    "function that cannot throw says so by noexcept.",
    "Exceptions of a library's functions (std::vector::at, out of memory) are "
    "not counted. A function that calls Done elsewhere too, or on two "
    "counters, is taken to count something else than its task.",
    run};

} // namespace heddle::rules

//===- Calls.cpp - Frames and spawns --------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using summary::Interval;

//===----------------------------------------------------------------------===//
// What a callable runs
//===----------------------------------------------------------------------===//

void Machine::targets(State &S, int Env, const ir::Callable &C,
                      std::vector<Target> &Out, bool &IsOpen, unsigned Depth) {
  IsOpen |= C.Open;
  BoundArgs Bound;
  for (const ir::Operand &A : C.Bound)
    Bound.push_back(evaluate(S, Env, A));
  int At = C.Place ? resolve(S, Env, C.Place) : -1;
  if (At >= 0 && (C.Targets.empty() || S.cell(At).Fn >= 0)) {
    // A closure runs in the environment that it kept; a lost one, without.
    for (unsigned Hop = 0;; ++Hop) {
      int Fn = S.cell(At).Fn;
      if (Fn < 0 || Hop == 8 || Depth == 8) {
        IsOpen = true;
        break;
      }
      Closure Kept = S.Closures[size_t(Fn)];
      Bound.insert(Bound.begin(), Kept.Bound.begin(), Kept.Bound.end());
      IsOpen |= Kept.Fn->Open;
      for (FuncId F : Kept.Fn->Targets)
        Out.push_back({F, Kept.Env, Kept.This, Bound});
      if (!Kept.Fn->Place || !Kept.Fn->Targets.empty())
        break;
      if (Kept.Env < 0) {
        IsOpen = true;
        break;
      }
      At = resolve(S, Kept.Env, Kept.Fn->Place);
    }
    return;
  }
  int This = C.This ? resolve(S, Env, C.This) : -1;
  for (FuncId F : C.Targets) {
    Target To{F, -1, This, Bound};
    if (FuncId Parent = U.function(F).Parent)
      for (int E = Env; E >= 0; E = S.Envs[size_t(E)].Parent)
        if (S.Envs[size_t(E)].Function == Parent) {
          To.Env = E;
          break;
        }
    Out.push_back(std::move(To));
  }
}

/// Gives In a frame for To. False when a bound was reached.
bool Machine::enter(State &S, Task &In, const Target &To,
                    const std::vector<Arg> &Args, int This) {
  const ir::Function &F = U.function(To.Function);
  if (isTooDeep(In, To.Function)) {
    S.cut(Bound::Calls);
    return false;
  }
  if (Entered.size() < U.Functions.size())
    Entered.resize(U.Functions.size());
  Entered[To.Function.index()] = true;
  // In may live in S.Tasks, which binding leaves alone.
  int Env = S.addEnv(To.Function, To.Env);
  BoundArgs All = To.Bound;
  All.insert(All.end(), Args.begin(), Args.end());
  for (size_t I = 0; I < F.Params.size() && I < All.size(); ++I)
    if (F.Params[I] && All[I].K != Arg::Kind::None) {
      if (All[I].K == Arg::Kind::Cell &&
          U.object(F.Params[I]).Type == ir::TypeClass::Value &&
          Net.timesSet(F.Params[I]) == 0 &&
          !S.Numbers.get(ObjId(uint32_t(All[I].Index))).isExact())
        S.Envs[size_t(Env)].put(F.Params[I], All[I].Index);
      else
        bind(S, Env, F.Params[I], All[I]);
    }
  if (F.This && (This >= 0 || To.This >= 0))
    S.Envs[size_t(Env)].put(F.This, This >= 0 ? This : To.This);
  Frame New;
  New.Function = To.Function;
  New.Block = Net.skipEmpty(To.Function, 0);
  New.Env = Env;
  In.Stack.push_back(New);
  return true;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// Calls C with Args on top of T's frames. The operation at hand goes on when
/// the callee leaves; see leave(). An unseen callee is passed at once.
void Machine::invoke(State S, unsigned T, const ir::Callable &C, int This,
                     const std::vector<Arg> &Args, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  std::vector<Target> To;
  bool IsOpen = false;
  targets(S, Env, C, To, IsOpen);
  if (FuncId Class = C.Virtual && This >= 0 ? S.cell(This).Class : FuncId())
    if (FuncId Only = Net.overrider(Class, C.Targets)) {
      std::erase_if(To, [&](const Target &T) { return T.Function != Only; });
      IsOpen = false;
    }
  std::erase_if(To, [&](const Target &One) {
    bool Unseen = !U.function(One.Function).hasBody();
    IsOpen |= Unseen;
    return Unseen;
  });
  if (To.empty())
    IsOpen = true;
  if (To.size() + IsOpen > 1)
    S.IsUncertain = S.Tasks[T].IsInDoubt = true;
  for (const Target &One : To) {
    const bool IsPassedOver =
        isTooDeep(S.Tasks[T], One.Function) && isPassable(S, T, One, Args);
    State Next = !IsOpen && &One == &To.back() ? std::move(S) : S;
    if (IsPassedOver) {
      passOver(std::move(Next), T, One, This >= 0 ? This : One.This, Args, Out);
      continue;
    }
    std::vector<Task> &Tasks = Next.Tasks;
    Task In = std::move(Tasks[T]);
    enter(Next, In, One, Args, This);
    Tasks[T] = std::move(In);
    Out.push_back(std::move(Next));
  }
  if (!IsOpen)
    return;
  for (const Target &One : To) {
    for (const Arg &A : One.Bound)
      markOpen(S, A);
    if (One.This >= 0)
      markOpen(S, One.This);
  }
  if (C.This)
    markOpen(S, resolve(S, Env, C.This));
  if (C.Place && To.empty())
    openKept(S, C.Place);
  for (const ir::Operand &A : C.Bound)
    markOpen(S, evaluate(S, Env, A));
  unknownCall(S, T, This, Args, !C.Place && !C.Virtual);
  leave(std::move(S), T, ir::Operand::none(), Out);
}

/// The cell stands for what a null pointer denotes.
bool Machine::isNull(const State &S, int At) const {
  const Cell &C = S.cell(At);
  return !C.is(Cell::Made) && !C.Class && C.Target < 0 && C.Origin &&
         U.object(C.Origin).IsAlias &&
         S.Numbers.get(ObjId(uint32_t(At))) == Interval::exactly(0);
}

void Machine::call(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int This = -1;
  if (Op.Obj) {
    const ir::Object &Ob = U.object(Op.Obj);
    bool IsNew = !Op.Fn.Targets.empty() && !Ob.Base &&
                 U.function(Op.Fn.Targets[0]).IsConstructor &&
                 (Ob.Kind == ir::ObjectKind::Temp ||
                  (Ob.Kind == ir::ObjectKind::Local && !Ob.IsAlias));
    if (IsNew) {
      // Its members may have been begun before the body: keep those.
      int E = lookUp(S, Env, Op.Obj);
      int *Old = E < 0 ? nullptr : S.Envs[size_t(E)].find(Op.Obj);
      if (!Old || S.cell(*Old).is(Cell::Made) || S.cell(*Old).is(Cell::Open))
        S.Envs[size_t(E < 0 ? Env : E)].put(Op.Obj,
                                            S.addCell(Op.Obj, Cell::Made));
      else
        S.cell(*Old).put(Cell::Made);
    }
    This = resolve(S, Env, Op.Obj);
    FuncId Callee = Op.Fn.Targets.empty() ? FuncId() : Op.Fn.Targets[0];
    if (Callee && U.function(Callee).IsConstructor && !S.cell(This).Class)
      S.cell(This).Class = Callee;
    // To delete a null pointer does nothing.
    if (Callee && U.function(Callee).IsDestructor && isNull(S, This)) {
      advance(S, T);
      Out.push_back(std::move(S));
      return;
    }
  }
  std::vector<Arg> Args;
  for (const ir::Operand &A : Op.Args)
    Args.push_back(evaluate(S, Env, A));
  invoke(std::move(S), T, Op.Fn, This, Args, Out);
}

/// The top function of T returns Value, or, when the operation at hand is a
/// call of unseen code, that code does: goes on in the caller.

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

void Machine::spawn(State S, unsigned T, const ir::Op &Op, States &Out) {
  unsigned Alive = 0;
  for (const Task &Other : S.Tasks)
    Alive += Other.State != Task::Status::Done;
  if (Alive >= Bounds.Tasks || S.Tasks.size() >= MaxTasks) {
    S.cut(Bound::Tasks);
    Out.push_back(std::move(S));
    return;
  }
  int Env = S.Tasks[T].Stack.back().Env;
  // Closed over now: the loop's next turn binds the same names anew.
  Arg Body;
  Body.K = Arg::Kind::Closure;
  Body.Index = close(S, Env, Op.Fn);
  int Counter = Op.Other ? resolve(S, Env, Op.Other) : -1;
  int Handle = -1;
  if (Op.Obj) {
    const ir::Object &Ob = U.object(Op.Obj);
    // Each has its own, which says what its task returns.
    if (Op.How == ir::Mode::Async && Ob.Kind == ir::ObjectKind::Temp)
      if (int E = lookUp(S, Env, Op.Obj); E >= 0)
        S.Envs[size_t(E)].put(Op.Obj, S.addCell(Op.Obj, 0));
    Handle = resolve(S, Env, Op.Obj);
    if (Ob.Kind != ir::ObjectKind::Element && S.cell(Handle).Count == 0) {
      S.cell(Handle).put(Cell::Open, S.cell(Handle).Base >= 0 &&
                                         S.cell(Handle).is(Cell::Open));
    }
    S.cell(Handle).put(Cell::Joinable);
    S.cell(Handle).put(Cell::Closed, false);
    S.cell(Handle).Items.clear();
    S.cell(Handle).put(Cell::Finished, Op.How == ir::Mode::Timer);
    ++S.cell(Handle).Count;
  }
  std::vector<Arg> Args;
  for (const ir::Operand &A : Op.Args)
    Args.push_back(evaluate(S, Env, A));

  std::vector<Target> To;
  bool IsOpen = Op.Fn.Open;
  if (Op.Fn.Place)
    targets(S, Env, Op.Fn, To, IsOpen);
  else
    for (FuncId F : Op.Fn.Targets) {
      const Closure &C = S.Closures[size_t(Body.Index)];
      To.push_back({F, C.Env, C.This, C.Bound});
    }
  std::erase_if(To, [&](const Target &One) {
    bool Unseen = !U.function(One.Function).hasBody();
    IsOpen |= Unseen;
    return Unseen;
  });
  IsOpen |= To.empty();
  if (To.size() + IsOpen > 1)
    S.IsUncertain = true;
  advance(S, T);
  uint32_t Spawner = S.Tasks[T].Serial;
  for (const Target &One : To) {
    State Next = !IsOpen && &One == &To.back() ? std::move(S) : S;
    Task New;
    New.SpawnOp = &Op;
    New.Root = One.Function;
    New.Handle = Handle;
    New.Counter = Counter;
    New.Serial = ++Next.TaskSerial;
    if (Op.How == ir::Mode::Timer)
      New.State = Task::Status::Paused; // until it fires
    Event E;
    E.K = Event::Kind::Spawn;
    E.Task = Spawner;
    E.Other = New.Serial;
    E.Loc = Op.Loc;
    E.Root = One.Function;
    Next.Events.push_back(E);
    if (enter(Next, New, One, Args, -1)) {
      // The spawner keeps what it gives away.
      auto Bit = uint16_t(1u << Next.Tasks.size() | 1u << T);
      for (int C : {Handle, Counter, One.This})
        if (C >= 0)
          markReach(Next, C, Bit);
      for (const Arg &A : Args)
        markReach(Next, A, Bit);
      for (const Arg &A : One.Bound)
        markReach(Next, A, Bit);
      for (int At = One.Env; At > 0; At = Next.Envs[size_t(At)].Parent) {
        auto Slots = Next.Envs[size_t(At)].Slots;
        for (const auto &[O, C] : Slots)
          markReach(Next, C, Bit);
      }
      Next.Tasks.push_back(std::move(New));
    }
    Out.push_back(std::move(Next));
  }
  if (!IsOpen)
    return;
  // A task that is not seen: what it is given is open, and so is its counter.
  markOpen(S, Body);
  for (const Arg &A : Args)
    markOpen(S, A);
  for (int C : {Handle, Counter})
    if (C >= 0)
      markOpen(S, C);
  if (Handle >= 0)
    --S.cell(Handle).Count;
  Out.push_back(std::move(S));
}

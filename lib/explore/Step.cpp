//===- Step.cpp - One action of a task ------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using ir::Terminator;
using ir::TypeClass;
using summary::Interval;

State Machine::start(FuncId Entry) {
  StartsInMain = U.function(Entry).IsMain;
  State S;
  S.addEnv(FuncId(), -1);
  Task Main;
  Main.IsEntry = true;
  Main.Root = Entry;
  enter(S, Main, {Entry, -1, -1, {}}, {}, -1);
  S.Tasks.push_back(std::move(Main));
  return S;
}

//===----------------------------------------------------------------------===//
// Where a task is
//===----------------------------------------------------------------------===//

const ir::Op *Machine::nextOp(const State &S, unsigned T) const {
  const Frame &F = S.Tasks[T].Stack.back();
  const ir::Block &B = U.function(F.Function).Blocks[F.Block];
  return F.Op < B.Ops.size() ? &B.Ops[F.Op] : nullptr;
}

const Terminator &Machine::terminator(const State &S, unsigned T) const {
  const Frame &F = S.Tasks[T].Stack.back();
  return U.function(F.Function).Blocks[F.Block].Term;
}

bool Machine::isMeeting(const State &S, unsigned T) const {
  if (S.Tasks[T].Stack.empty())
    return true;
  const Frame &F = S.Tasks[T].Stack.back();
  return F.Op == 0 && Net.isMeeting(F.Function, F.Block);
}

void Machine::advance(State &S, unsigned T) {
  S.Tasks[T].At = Task::Phase::Start;
  ++S.Tasks[T].Stack.back().Op;
}

void Machine::jump(State &S, unsigned T, BlockId To) {
  S.Tasks[T].At = Task::Phase::Start;
  Frame &F = S.Tasks[T].Stack.back();
  F.Block = Net.skipEmpty(F.Function, To.index());
  F.Op = 0;
}

//===----------------------------------------------------------------------===//
// History
//===----------------------------------------------------------------------===//

void Machine::record(State &S, unsigned T, OpKind K, ObjId Place,
                     SourceSpan Loc, int Cell, Event::Kind Kind) {
  Event E;
  E.K = Kind;
  E.Op = K;
  E.Task = S.Tasks[T].Serial;
  E.Place = Place;
  E.Loc = Loc;
  if (Cell >= 0)
    E.Object = S.cell(Cell).Serial;
  S.Events.push_back(E);
}

void Machine::record(State &S, unsigned T, const ir::Op &Op, int Cell) {
  record(S, T, Op.Kind, Op.Obj, Op.Loc, Cell);
}

void Machine::fail(State &S, unsigned T, FaultKind K, ObjId Place,
                   SourceSpan Loc, int Cell) {
  Failure F{K,
            S.Tasks[T].Serial,
            S.cell(Cell).Serial,
            Place,
            Loc,
            S.cell(Cell).is(explore::Cell::Nil)};
  S.Failed = F;
  S.IsCut = true;
}

bool Machine::aloneToKnow(const State &S, unsigned T) const {
  for (size_t I = 0; I < S.Tasks.size(); ++I)
    if (I != T && S.Tasks[I].State != Task::Status::Done)
      return false;
  return true;
}

void Machine::loseOrder(State &S, unsigned T) {
  if (!aloneToKnow(S, T))
    S.OrderLost = true;
}

//===----------------------------------------------------------------------===//
// Acting
//===----------------------------------------------------------------------===//

void Machine::act(State S, unsigned T, States &Out) {
  ++Steps;
  S.Tasks[T].HasMoved = true;
  if (S.Tasks[T].State == Task::Status::Paused) {
    S.Tasks[T].State = Task::Status::Runs;
    Out.push_back(std::move(S));
    return;
  }
  const ir::Op *Next = nextOp(S, T);
  if (!Next)
    return terminate(std::move(S), T, Out);
  const ir::Op &Op = *Next;
  switch (Op.Kind) {
  case OpKind::Spawn:
    return spawn(std::move(S), T, Op, Out);
  case OpKind::Call:
    return call(std::move(S), T, Op, Out);
  case OpKind::Block:
    if (Op.Fn.isPresent())
      return call(std::move(S), T, Op, Out);
    break;
  case OpKind::Join:
    return join(std::move(S), T, Op, Out);
  case OpKind::End:
    if (isJoin(Op))
      return join(std::move(S), T, Op, Out);
    break;
  case OpKind::Add:
  case OpKind::Done:
  case OpKind::Wait:
    return counterOp(std::move(S), T, Op, Out);
  case OpKind::Send:
  case OpKind::Recv: {
    std::vector<Port> Ports;
    ports(S, T, Ports);
    if (Op.How == ir::Mode::Timed) {
      State GivesUp = S;
      finishPort(GivesUp, T, -1, Interval::exactly(0));
      Out.push_back(std::move(GivesUp));
    }
    if (Op.Kind == OpKind::Send)
      return send(S, T, Ports[0].Cell, -1, Out);
    return recv(S, T, Ports[0].Cell, -1, Out);
  }
  case OpKind::TrySend:
    return trySend(std::move(S), T, Op, Out);
  case OpKind::TryRecv:
    return tryRecv(std::move(S), T, Op, Out);
  case OpKind::Close:
    return closeChannel(std::move(S), T, Op, Out);
  case OpKind::Lock:
  case OpKind::Unlock:
  case OpKind::TryLock:
  case OpKind::GuardMake:
  case OpKind::GuardLock:
  case OpKind::GuardTryLock:
  case OpKind::GuardUnlock:
  case OpKind::GuardRelease:
  case OpKind::GuardMove:
  case OpKind::GuardEnd:
    return lockOp(std::move(S), T, Op, Out);
  case OpKind::Derive:
    return derive(std::move(S), T, Op, Out);
  case OpKind::Cancel:
    return cancel(std::move(S), T, Op, Out);
  case OpKind::CondWait:
    return condWait(std::move(S), T, Op, Out);
  case OpKind::Signal:
  case OpKind::Broadcast:
    return wake(std::move(S), T, Op, Out);
  case OpKind::Once:
    return once(std::move(S), T, Op, Out);
  default:
    break;
  }
  plain(std::move(S), T, Op, Out);
}

/// A pointer gets the value of another to the same object.
bool Machine::setsItself(State &S, int Env, const ir::Op &Op) {
  const ir::ExprRef V = Op.Args.empty() ? nullptr : Op.Args[0].Value;
  return V && V->Kind == ir::ExprKind::Var && Op.Obj &&
         U.object(Op.Obj).IsAlias &&
         resolve(S, Env, V->Obj) == resolve(S, Env, Op.Obj);
}

/// Operations that neither wait nor branch.
void Machine::plain(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  States Guessed; // Gone into first: they go less far.
  switch (Op.Kind) {
  case OpKind::Make:
    if (Op.Obj && U.object(Op.Obj).Type == TypeClass::Counter &&
        Op.Args.size() == 1)
      guessAmount(S, T, Op, Guessed);
    if (Op.Obj)
      make(S, Env, Op);
    break;
  case OpKind::End:
    // What is returned was read before the lives of locals end.
    // By a handle's name others may go on to use what it denotes.
    if (Op.Obj && Op.How != ir::Mode::Pointer && !U.object(Op.Obj).Base &&
        !Net.isReturned(Op.Obj))
      if (int E = lookUp(S, Env, Op.Obj); E > 0)
        S.Envs[size_t(E)].erase(Op.Obj);
    break;
  case OpKind::Bind:
    if (!Op.Obj)
      break;
    if (isElementBind(Op))
      return elementBind(std::move(S), T, Op, Out);
    if (Op.How == ir::Mode::Nil)
      bindMoved(S, Env, Op);
    else
      bind(S, Env, Op.Obj,
           Op.Args.empty() ? Arg() : evaluate(S, Env, Op.Args[0]));
    break;
  case OpKind::Escape:
    // What only computes at its end may end at any time.
    if (Op.Obj &&
        !(Op.Fn.isPresent() && llvm::all_of(Op.Fn.Targets, [&](auto F) {
            return U.function(F).hasBody() && Net.onlyComputes(F);
          })))
      markOpen(S, resolve(S, Env, Op.Obj));
    break;
  case OpKind::Set: {
    if (!Op.Obj || setsItself(S, Env, Op))
      break;
    int C = follow(S, slotToFill(S, Env, Op.Obj));
    Interval V;
    bool Counts = false, IsLost = false, Uncounted = false;
    uint64_t Roots = 0;
    if (!Op.Args.empty()) {
      const ir::Operand &A = Op.Args[0];
      Arg Given = evaluate(S, Env, A);
      if (isNameOfUnknown(S, Op.Obj, Given)) {
        const int E = lookUp(S, Env, Op.Obj);
        S.Envs[size_t(E < 0 ? Env : E)].put(Op.Obj, Given.Index);
        break;
      }
      V = Given.K == Arg::Kind::Cell
              ? S.Numbers.get(ObjId(uint32_t(Given.Index)))
              : Given.Number;
      Roots =
          Given.K == Arg::Kind::Cell ? rootsOf(S, Given.Index) : Given.Roots;
      IsLost = Given.IsLost ||
               (Given.K == Arg::Kind::Cell && isLost(S, Given.Index));
      Uncounted =
          isUncounted(S, Given.K == Arg::Kind::Cell
                             ? ir::Expr::var(ObjId(uint32_t(Given.Index)))
                             : translate(S, Env, A.Value));
      Counts = A.Value && (A.Value->Kind == ir::ExprKind::Plus ||
                           A.Value->Kind == ir::ExprKind::Minus);
    }
    if (Counts)
      count(S, Env, Op.Obj, C, V, Roots);
    else
      setNumber(S, C, V, Roots);
    if (!Counts || Uncounted)
      S.cell(C).put(Cell::Uncounted, Uncounted);
    // An optional that is emptied lets go of what it held.
    if (V == Interval::exactly(0) && !U.object(Op.Obj).IsAlias)
      if (int Held = S.findPart(C, Net.contentKey()); Held >= 0)
        S.detach(Held);
    // What is not known of a thing that others change too is no free choice.
    // Nor of how much is in a container that took in what is not followed.
    IsLost |= S.cell(C).Base >= 0 && S.cell(C).Key == Net.sizeKey() &&
              !Op.Args.empty() && Op.Args[0].Value &&
              Op.Args[0].Value->Kind == ir::ExprKind::Unknown;
    S.cell(C).put(Cell::Lost, !V.isExact() && (IsLost || isCommon(S, C)));
    S.cell(C).put(Cell::Changed, !V.isExact() && !aloneToKnow(S, T));
    break;
  }
  case OpKind::Next:
    nextTurn(S, T, Op);
    break;
  case OpKind::Shift:
    if (Op.How == ir::Mode::Key)
      shiftByKey(S, Env, Op);
    else
      shift(S, resolve(S, Env, Op.Obj), Op.Args.empty());
    break;
  case OpKind::Havoc: {
    if (!Op.Obj)
      break;
    // An element: which one is where is not known any more.
    const ir::Object &Ob = U.object(Op.Obj);
    bool IsElement = Ob.Kind == ir::ObjectKind::Element;
    int C = resolve(S, Env, IsElement ? Ob.Base : Op.Obj);
    forgetElements(S, C, true);
    for (const ir::Operand &A : Op.Args)
      markOpen(S, evaluate(S, Env, A));
    if (!IsElement)
      havoc(S, C);
    break;
  }
  case OpKind::Atomic:
    atomic(S, Env, Op);
    break;
  default:
    setResult(S, Env, Op.Result, {});
    break;
  }
  advance(S, T);
  Out.push_back(std::move(S));
  std::move(Guessed.begin(), Guessed.end(), std::back_inserter(Out));
}

//===----------------------------------------------------------------------===//
// Ends of blocks
//===----------------------------------------------------------------------===//

void Machine::terminate(State S, unsigned T, States &Out) {
  const Terminator &Term = terminator(S, T);
  switch (Term.K) {
  case Terminator::Kind::Jump:
    jump(S, T, Term.Succs[0]);
    Out.push_back(std::move(S));
    return;
  case Terminator::Kind::Branch:
  case Terminator::Kind::Switch:
    return branch(std::move(S), T, Out);
  case Terminator::Kind::Choose:
    S.IsUncertain |= Term.Succs.size() > 1;
    S.Tasks[T].IsInDoubt |= Term.Succs.size() > 1;
    S.IsCut |= S.IsGuess && Term.Succs.size() > 1;
    for (BlockId B : Term.Succs) {
      State Next = S;
      jump(Next, T, B);
      Out.push_back(std::move(Next));
    }
    return;
  case Terminator::Kind::Select:
    return select(S, T, Out);
  case Terminator::Kind::Return:
    return leave(std::move(S), T, Term.Value, Out);
  case Terminator::Kind::Throw:
    if (!Term.Succs.empty()) {
      jump(S, T, Term.Succs[0]);
      Out.push_back(std::move(S));
      return;
    }
    return unwind(std::move(S), T, Out);
  case Terminator::Kind::Resume:
    return unwind(std::move(S), T, Out);
  case Terminator::Kind::Exit:
  case Terminator::Kind::Unreachable:
    terminate(S);
    Out.push_back(std::move(S));
    return;
  }
}

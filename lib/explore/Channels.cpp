//===- Channels.cpp - Send, receive, close, select ------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An unbuffered exchange is one transition of two tasks. The receiver's side
// makes it, except where the sender does not wait (try-send, a select with a
// default): such a sender is nobody's partner and makes it itself. Since tasks
// run up to their sends and receives at once, a partner that waits may as well
// not be there yet: who merely tries can always miss it.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using ir::SelectCase;
using ir::Terminator;
using summary::Interval;
using summary::Values;

//===----------------------------------------------------------------------===//
// What a task offers
//===----------------------------------------------------------------------===//

void Machine::ports(State &S, unsigned T, std::vector<Port> &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  auto CellOf = [&](ObjId O) {
    if (!O)
      return -1;
    int C = resolve(S, Env, O);
    // The channel that a context's end closes: the context stands for it.
    int Base = S.cell(C).Base;
    return Base >= 0 && isContext(S.cell(Base)) ? Base : C;
  };
  if (const ir::Op *Op = nextOp(S, T)) {
    bool IsSend = Op->Kind == OpKind::Send || Op->Kind == OpKind::TrySend;
    Out.push_back({IsSend, CellOf(Op->Obj), -1});
    return;
  }
  const auto &Cases = terminator(S, T).Cases;
  for (size_t I = 0; I < Cases.size(); ++I)
    if (Cases[I].K == SelectCase::Kind::Send ||
        Cases[I].K == SelectCase::Kind::Recv)
      Out.push_back({Cases[I].K == SelectCase::Kind::Send,
                     CellOf(Cases[I].Channel), int(I)});
}

static bool hasDefault(const Terminator &Term) {
  return std::any_of(
      Term.Cases.begin(), Term.Cases.end(),
      [](const SelectCase &C) { return C.K == SelectCase::Kind::Default; });
}

/// The tasks that wait to send to (or receive from) Cell.
void Machine::partners(State &S, int Cell, bool Senders, unsigned Except,
                       std::vector<Offer> &Out) {
  for (unsigned T = 0; T < S.Tasks.size(); ++T) {
    if (T == Except || S.Tasks[T].State != Task::Status::Runs)
      continue;
    const ir::Op *Op = nextOp(S, T);
    if (Op ? Op->Kind != (Senders ? OpKind::Send : OpKind::Recv)
           : terminator(S, T).K != Terminator::Kind::Select ||
                 hasDefault(terminator(S, T)))
      continue;
    std::vector<Port> Ports;
    ports(S, T, Ports);
    for (const Port &P : Ports)
      if (P.IsSend == Senders && P.Cell == Cell)
        Out.push_back({T, P.Case});
  }
}

/// How many units of a semaphore T's operation takes or gives: unless it says
/// so, one. None when that is not known.
std::optional<int64_t> Machine::unitsOf(State &S, unsigned T) {
  const ir::Op *Op = nextOp(S, T);
  if (!Op)
    return 1;
  // What is sent is a send's first operand.
  bool IsSend = Op->Kind == OpKind::Send || Op->Kind == OpKind::TrySend;
  size_t At = IsSend ? 1 : 0;
  if (Op->Args.size() <= At)
    return 1;
  Interval N = evaluate(S, S.Tasks[T].Stack.back().Env, Op->Args[At].Value);
  if (!N.isExact() || N.Lo < 0 || N.Lo > MostUnits)
    return std::nullopt;
  return N.Lo;
}

bool Machine::canSend(State &S, int Cell, unsigned T) {
  if (Cell < 0)
    return true;
  const auto &C = S.cell(Cell);
  if (C.is(Cell::Open) || C.is(Cell::Closed))
    return true;
  if (C.is(Cell::Nil))
    return false;
  if (C.Capacity == UnknownCapacity || C.Count < C.Capacity)
    return true;
  if (C.Capacity > 0)
    return false;
  std::vector<Offer> Offers;
  partners(S, Cell, false, T, Offers);
  return !Offers.empty();
}

bool Machine::canRecv(State &S, int Cell, unsigned T) {
  if (Cell < 0)
    return true;
  const auto &C = S.cell(Cell);
  if (C.is(Cell::Open))
    return true;
  if (isContext(C))
    return mayHaveEnded(S, Cell);
  if (isTimer(C))
    return C.Count > 0;
  if (C.is(Cell::Nil))
    return false;
  if (C.is(Cell::Closed) || C.Count >= unitsOf(S, T).value_or(0))
    return true;
  if (C.Capacity > 0)
    return false;
  std::vector<Offer> Offers;
  partners(S, Cell, true, T, Offers);
  return !Offers.empty();
}

bool Machine::channelMatters(State &S, unsigned T, int Cell, bool IsRecv) {
  if (Cell < 0 || !isShared(S, Cell, T))
    return false;
  if (!Bounds.Reduce || !IsRecv)
    return true;
  const auto &C = S.cell(Cell);
  // Closed and drained it stays, and so does what is cancelled.
  if (isContext(C))
    return !isCancelled(S, Cell);
  return !C.is(Cell::Closed) || C.Count > 0;
}

//===----------------------------------------------------------------------===//
// Going on after it
//===----------------------------------------------------------------------===//

ObjId Machine::portPlace(const State &S, unsigned T, int Case) const {
  if (Case >= 0)
    return terminator(S, T).Cases[size_t(Case)].Channel;
  return nextOp(S, T)->Obj;
}

SourceSpan Machine::portLoc(const State &S, unsigned T, int Case) const {
  if (Case < 0)
    return nextOp(S, T)->Loc;
  const SelectCase &C = terminator(S, T).Cases[size_t(Case)];
  return C.Loc.isValid() ? C.Loc : terminator(S, T).Loc;
}

void Machine::finishPort(State &S, unsigned T, int Case, Interval Result,
                         int Item) {
  int Env = S.Tasks[T].Stack.back().Env;
  if (Case < 0) {
    const ir::Op &Op = *nextOp(S, T);
    setResult(S, Env, Op.Result, Result);
    if (Op.Kind == OpKind::Recv || Op.Kind == OpKind::TryRecv)
      deliver(S, Env, Op.Result, Item);
    advance(S, T);
    return;
  }
  const SelectCase &C = terminator(S, T).Cases[size_t(Case)];
  setResult(S, Env, C.Result, Result);
  if (C.K == SelectCase::Kind::Recv)
    deliver(S, Env, C.Result, Item);
  jump(S, T, C.Target);
}

/// The partner's half of an exchange.
void Machine::complete(State &S, const Offer &O, int64_t Result, int Item) {
  S.Tasks[O.Task].HasMoved = true;
  finishPort(S, O.Task, O.Case, Interval::exactly(Result), Item);
}

void Machine::send(const State &Before, unsigned T, int Cell, int Case,
                   States &Out) {
  State S = Before;
  auto Done = [&] {
    if (Cell >= 0)
      record(S, T, OpKind::Send, portPlace(S, T, Case), portLoc(S, T, Case),
             Cell);
    finishPort(S, T, Case, Interval::exactly(1));
    Out.push_back(std::move(S));
  };
  if (Cell < 0) {
    loseOrder(S, T);
    return Done();
  }
  std::optional<int64_t> Units = unitsOf(S, T);
  if (!Units)
    markOpen(S, Cell);
  auto &C = S.cell(Cell);
  if (C.is(Cell::Closed) && !C.is(Cell::Summarised)) {
    bool IsOwnDoing = C.Holder == int(T);
    if (IsOwnDoing || (!C.is(Cell::Open) && !S.OrderLost)) {
      fail(S, T, FaultKind::SendOnClosed, portPlace(S, T, Case),
           portLoc(S, T, Case), Cell);
      Out.push_back(std::move(S));
      return;
    }
    if (!C.is(Cell::Open)) {
      S.cut(Bound::Order);
      Out.push_back(std::move(S));
      return;
    }
  }
  if (C.is(Cell::Open)) {
    if (int Item = sentBy(S, T, Case); Item >= 0)
      markOpen(S, Item); // who receives it is not seen
    loseOrder(S, T);
    return Done();
  }
  if (C.is(Cell::Nil))
    return;
  if (C.Capacity == UnknownCapacity || C.Count < C.Capacity) {
    C.Count += *Units;
    if (C.Count > Values::WidenAt && C.Capacity == UnknownCapacity)
      S.cut(Bound::Counts);
    putItem(S, Cell, sentBy(S, T, Case));
    return Done();
  }
  // A sender that waits leaves the exchange to the receiver.
  const ir::Op *Op = nextOp(S, T);
  bool Waits = Op ? Op->Kind == OpKind::Send : !hasDefault(terminator(S, T));
  if (Waits || C.Capacity > 0)
    return;
  std::vector<Offer> Offers;
  partners(S, Cell, false, T, Offers);
  for (const Offer &O : Offers) {
    State Next = S;
    record(Next, T, OpKind::Send, portPlace(S, T, Case), portLoc(S, T, Case),
           Cell);
    record(Next, O.Task, OpKind::Recv, portPlace(S, O.Task, O.Case),
           portLoc(S, O.Task, O.Case), Cell);
    complete(Next, O, 1, sentBy(Next, T, Case));
    finishPort(Next, T, Case, Interval::exactly(1));
    Out.push_back(std::move(Next));
  }
}

void Machine::recv(const State &Before, unsigned T, int Cell, int Case,
                   States &Out) {
  State S = Before;
  int Item = -1;
  auto Done = [&](Interval Result, Event::Kind Kind = Event::Kind::Act) {
    if (Cell >= 0)
      record(S, T, OpKind::Recv, portPlace(S, T, Case), portLoc(S, T, Case),
             Cell, Kind);
    finishPort(S, T, Case, Result, Item);
    Out.push_back(std::move(S));
  };
  if (Cell < 0) {
    loseOrder(S, T);
    return Done({0, 1});
  }
  std::optional<int64_t> Units = unitsOf(S, T);
  if (!Units)
    markOpen(S, Cell);
  auto &C = S.cell(Cell);
  if (isContext(C)) {
    if (!canRecv(S, Cell, T))
      return;
    if (!isCancelled(S, Cell) && !mayTimeOut(S, Cell))
      loseOrder(S, T); // Whoever ended it is not seen.
    return Done(Interval::exactly(0), Event::Kind::DrainedRecv);
  }
  if (isTimer(C)) {
    if (C.Count == 0)
      loseOrder(S, T);
    else if (ticksOnce(C))
      C.Count = 0;
    return Done(Interval::exactly(1));
  }
  if (C.is(Cell::Open)) {
    C.Items.clear();
    if (C.Count > 0)
      --C.Count;
    else
      loseOrder(S, T);
    return Done({0, 1});
  }
  if (C.is(Cell::Nil))
    return;
  if (C.Count > 0 && C.Count >= *Units) {
    C.Count -= *Units;
    Item = takeItem(S, Cell);
    return Done(Interval::exactly(1));
  }
  if (C.is(Cell::Closed))
    return Done(Interval::exactly(0), Event::Kind::DrainedRecv);
  std::vector<Offer> Offers;
  partners(S, Cell, true, T, Offers);
  for (const Offer &O : Offers) {
    if (C.Capacity != 0)
      break;
    State Next = S;
    record(Next, O.Task, OpKind::Send, portPlace(S, O.Task, O.Case),
           portLoc(S, O.Task, O.Case), Cell);
    record(Next, T, OpKind::Recv, portPlace(S, T, Case), portLoc(S, T, Case),
           Cell);
    int Item = sentBy(Next, O.Task, O.Case);
    complete(Next, O, 1, -1);
    finishPort(Next, T, Case, Interval::exactly(1), Item);
    Out.push_back(std::move(Next));
  }
}

//===----------------------------------------------------------------------===//
// Without waiting
//===----------------------------------------------------------------------===//

void Machine::trySend(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  std::vector<Port> Ports;
  ports(S, T, Ports);
  int Cell = Ports[0].Cell;
  bool Unsure =
      Cell < 0 ||
      (S.cell(Cell).is(Cell::Open) &&
       !(S.cell(Cell).is(Cell::Closed) && S.cell(Cell).Holder == int(T)));
  if (Unsure) {
    if (int Item = sentBy(S, T, -1); Item >= 0)
      markOpen(S, Item);
    setResult(S, Env, Op.Result, {0, 1});
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  size_t Before = Out.size();
  send(S, T, Cell, -1, Out);
  if (Out.size() == Before ||
      (S.cell(Cell).Capacity == 0 && !S.cell(Cell).is(explore::Cell::Closed))) {
    setResult(S, Env, Op.Result, Interval::exactly(0));
    advance(S, T);
    Out.push_back(std::move(S));
  }
}

void Machine::tryRecv(State S, unsigned T, const ir::Op &Op, States &Out) {
  enum { Value, Empty, Closed };
  int Env = S.Tasks[T].Stack.back().Env;
  std::vector<Port> Ports;
  ports(S, T, Ports);
  int Cell = Ports[0].Cell;
  Interval Result{Value, Closed};
  if (Cell >= 0 && isContext(S.cell(Cell))) {
    if (isCancelled(S, Cell))
      Result = Interval::exactly(Closed);
    else if (canRecv(S, Cell, T))
      Result = {Empty, Closed};
    else
      Result = Interval::exactly(Empty);
  } else if (Cell >= 0 && !S.cell(Cell).is(Cell::Open)) {
    size_t Before = Out.size();
    if (canRecv(S, Cell, T))
      recv(S, T, Cell, -1, Out);
    // recv() says 1 for a value and 0 for the end.
    for (size_t I = Before; I < Out.size(); ++I) {
      bool Got = !Out[I].Events.empty() &&
                 Out[I].Events.back().K != Event::Kind::DrainedRecv;
      setResult(Out[I], Env, Op.Result,
                Interval::exactly(Got ? Value : Closed));
    }
    // A timer may as well not have sent yet.
    if (Out.size() != Before && !isTimer(S.cell(Cell)) &&
        (S.cell(Cell).Count > 0 || S.cell(Cell).is(explore::Cell::Open) ||
         S.cell(Cell).is(explore::Cell::Closed)))
      return;
    Result = Interval::exactly(Empty);
  }
  setResult(S, Env, Op.Result, Result);
  advance(S, T);
  Out.push_back(std::move(S));
}

void Machine::closeChannel(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Cell = Op.Obj ? resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj) : -1;
  if (Cell >= 0 && !S.cell(Cell).is(Cell::Summarised)) {
    auto &C = S.cell(Cell);
    bool IsBad = C.is(Cell::Closed) || C.is(Cell::Nil);
    bool IsOwnDoing = C.is(Cell::Closed) && C.Holder == int(T);
    if (IsBad && (IsOwnDoing || (!C.is(Cell::Open) && !S.OrderLost))) {
      fail(S, T, FaultKind::CloseOfClosed, Op.Obj, Op.Loc, Cell);
      Out.push_back(std::move(S));
      return;
    }
    if (IsBad && !C.is(Cell::Open))
      S.cut(Bound::Order);
    C.put(Cell::Closed);
    C.Holder = int(T);
    record(S, T, Op, Cell);
  }
  advance(S, T);
  Out.push_back(std::move(S));
}

void Machine::select(const State &S, unsigned T, States &Out) {
  const Terminator &Term = terminator(S, T);
  State Looked = S;
  std::vector<Port> Ports;
  ports(Looked, T, Ports);
  bool IsReady = false;
  for (const Port &P : Ports) {
    bool Can =
        P.IsSend ? canSend(Looked, P.Cell, T) : canRecv(Looked, P.Cell, T);
    // What unseen code decides may as well not be ready.
    bool IsOpen = P.Cell < 0 || Looked.cell(P.Cell).is(Cell::Open) ||
                  Looked.cell(P.Cell).is(Cell::TimesOut);
    // Nor is a partner bound to be there already.
    bool HasStock = !IsOpen && (isCancelled(Looked, P.Cell) ||
                                (P.IsSend ? Looked.cell(P.Cell).Capacity != 0
                                          : Looked.cell(P.Cell).Count > 0));
    IsReady |= Can && HasStock;
    if (!Can)
      continue;
    if (P.IsSend)
      send(Looked, T, P.Cell, P.Case, Out);
    else
      recv(Looked, T, P.Cell, P.Case, Out);
  }
  for (size_t I = 0; I < Term.Cases.size(); ++I) {
    SelectCase::Kind K = Term.Cases[I].K;
    if (K == SelectCase::Kind::Timeout ||
        (K == SelectCase::Kind::Default && !IsReady)) {
      State Next = Looked;
      jump(Next, T, Term.Cases[I].Target);
      Out.push_back(std::move(Next));
    }
  }
}

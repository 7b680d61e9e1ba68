//===- Contents.cpp - What containers and channels hold -------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements of a sequence whose indexes are known are cells of their own, parts
// of the container with a key for each index. Who looks at an element of which
// the index is not known may look at any: then all of them are open, unless
// there is just one.
//
// What is sent is what it was at that moment: class objects are copied with
// their members, handles and pointers stay what they refer to. The receiver
// finds it as the part '*' of the receive's result.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::ObjectKind;
using ir::OpKind;
using ir::TypeClass;
using summary::Interval;

/// Elements beyond are not told apart.
static constexpr int64_t MostElements = 64;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

std::vector<int> Machine::elements(const State &S, int Container) const {
  std::vector<int> Out;
  for (size_t I = 0; I < S.Cells.size(); ++I)
    if (S.Cells[I].Base == Container && S.Cells[I].Key >= FirstElement)
      Out.push_back(int(I));
  return Out;
}

/// Some element: the only one that there is, or else none in particular; then
/// all that are known may be meant and are open from now on. -1: not known.
int Machine::someElement(State &S, int Container) {
  std::vector<int> Known = elements(S, Container);
  if (Known.empty())
    return -1;
  int Size = S.findPart(Container, Net.sizeKey());
  if (Size >= 0 &&
      S.Numbers.get(ObjId(uint32_t(follow(S, Size)))) == Interval::exactly(1))
    if (int Only = S.findPart(Container, FirstElement); Only >= 0)
      return Only;
  for (int E : Known)
    markOpen(S, E);
  return -1;
}

void Machine::forgetElements(State &S, int Container, bool AreOpen) {
  S.cell(Container).put(Cell::Lost, AreOpen);
  for (int E : elements(S, Container)) {
    if (AreOpen)
      markOpen(S, E);
    S.detach(E);
  }
}

void Machine::shift(State &S, int Container, bool All) {
  if (All) {
    S.cell(Container).put(Cell::Made);
    return forgetElements(S, Container, false);
  }
  for (int E : elements(S, Container)) {
    if (S.cell(E).Key == FirstElement)
      S.detach(E);
    else
      --S.cell(E).Key;
  }
}

/// The slot of the element at Index; -1 when that is not one in particular.
int Machine::elementSlot(State &S, int Container, Interval Index,
                         ObjId Element) {
  const Cell &C = S.cell(Container);
  if (!Index.isExact() || Index.Lo < 0 || Index.Lo >= MostElements ||
      C.is(Cell::Open) || C.is(Cell::Summarised))
    return -1;
  if (std::vector<int> ByKey = slotsByKey(S, Container); !ByKey.empty())
    return size_t(Index.Lo) < ByKey.size() ? ByKey[size_t(Index.Lo)] : -1;
  uint32_t Key = FirstElement + uint32_t(Index.Lo);
  int Slot = S.findPart(Container, Key);
  if (Slot < 0) {
    // Nobody was seen putting it there.
    Slot = S.addCell(Element, Cell::Open);
    S.cell(Slot).Base = Container;
    S.cell(Slot).Key = Key;
    S.cell(Slot).Reach = S.cell(Container).Reach;
  }
  return Slot;
}

/// One side is an element: by its index, or, without one, all elements of one
/// container become those of another.
bool Machine::isElementBind(const ir::Op &Op) const {
  auto IsElement = [&](ObjId O) {
    return O && U.object(O).Kind == ObjectKind::Element;
  };
  return Op.Args.size() > 1 ||
         (!Op.Args.empty() && IsElement(Op.Obj) && IsElement(Op.Args[0].Obj));
}

void Machine::bindElement(State &S, int Env, const ir::Op &Op, Interval Index) {
  if (Op.How == ir::Mode::Key)
    return bindByKey(S, Env, Op, Index);
  bool Puts = U.object(Op.Obj).Kind == ObjectKind::Element;
  ObjId Element = Puts ? Op.Obj : Op.Args[0].Obj;
  int Container = resolve(S, Env, U.object(Element).Base);
  if (Op.Args.size() < 2) {
    int From = resolve(S, Env, U.object(Op.Args[0].Obj).Base);
    S.cell(Container).put(Cell::Lost, !isFollowed(S, From));
    for (int E : elements(S, From)) {
      int Slot = S.addCell(Element, S.cell(E).Flags & Cell::Keyed);
      S.cell(Slot).Count = S.cell(E).Count;
      S.cell(Slot).Base = Container;
      S.cell(Slot).Key = S.cell(E).Key;
      S.cell(Slot).Target = follow(S, E);
      S.cell(Slot).Reach = S.cell(Container).Reach;
      markReach(S, E, S.cell(Container).Reach);
    }
    return;
  }
  int Slot = elementSlot(S, Container, Index, Element);
  if (!Puts) {
    Arg A;
    const ir::Object &To = U.object(Op.Obj);
    if (Slot >= 0 && S.cell(Slot).is(Cell::Keyed) && !To.IsAlias &&
        To.Type == TypeClass::Value) { // of a set: its elements are its keys
      A.K = Arg::Kind::Number;
      A.Number = Interval::exactly(S.cell(Slot).Count);
      return bind(S, Env, Op.Obj, A);
    }
    A.K = Arg::Kind::Cell;
    A.Index = follow(S, Slot < 0 ? part(S, Container, Element) : Slot);
    return bind(S, Env, Op.Obj, A);
  }
  Arg In = evaluate(S, Env, Op.Args[0]);
  if (Slot < 0) {
    for (int E : elements(S, Container))
      markOpen(S, E);
    return bind(S, Env, Op.Obj, In);
  }
  S.cell(Slot).put(Cell::Open, In.K == Arg::Kind::None);
  S.cell(Slot).Target = In.K == Arg::Kind::Cell ? In.Index : -1;
  S.cell(Slot).Fn = In.K == Arg::Kind::Closure ? In.Index : -1;
  if (In.K == Arg::Kind::Number)
    setNumber(S, Slot, In.Number);
  markReach(S, In, S.cell(Slot).Reach);
}

//===----------------------------------------------------------------------===//
// Values in channels
//===----------------------------------------------------------------------===//

/// A class object as it is now: its members' values, and what they refer to.
int Machine::copyOf(State &S, int From, unsigned Depth) {
  const Cell Was = S.cell(From);
  bool IsPlain =
      Was.Target < 0 && !Was.is(Cell::Open) &&
      (!Was.Origin || U.object(Was.Origin).Type == TypeClass::Other ||
       U.object(Was.Origin).Type == TypeClass::Value);
  if (!IsPlain || Depth > 4)
    return From;
  int To = S.addCell(Was.Origin, Was.Flags);
  S.cell(To).Fn = Was.Fn;
  S.cell(To).Reach = Was.Reach;
  S.cell(To).Roots = rootsOf(S, From);
  S.Numbers.set(ObjId(uint32_t(To)), S.Numbers.get(ObjId(uint32_t(From))));
  for (size_t I = 0, N = S.Cells.size(); I < N; ++I) {
    if (S.Cells[I].Base != From)
      continue;
    int Part = copyOf(S, int(I), Depth + 1);
    if (Part == int(I)) {
      Part = S.addCell(S.Cells[I].Origin, 0);
      S.cell(Part).Target = follow(S, int(I));
      S.cell(Part).Reach = Was.Reach;
    }
    S.cell(Part).Base = To;
    S.cell(Part).Key = S.Cells[I].Key;
  }
  return To;
}

/// A as something to keep; -1 when it is not known.
int Machine::itemOf(State &S, const Arg &A, bool IsCopied) {
  if (A.K == Arg::Kind::Cell)
    return IsCopied ? copyOf(S, A.Index) : A.Index;
  if (A.K == Arg::Kind::None ||
      (A.K == Arg::Kind::Number && A.Number.isUnknown()))
    return -1;
  int C = S.addCell(ObjId(), 0);
  if (A.K == Arg::Kind::Closure)
    S.cell(C).Fn = A.Index;
  else
    setNumber(S, C, A.Number, A.Roots);
  return C;
}

/// What task T sends in its operation, or in that case of its select.
int Machine::sentBy(State &S, unsigned T, int Case) {
  const ir::Op *Op = Case < 0 ? nextOp(S, T) : nullptr;
  const ir::Operand *Given = Case >= 0
                                 ? &terminator(S, T).Cases[size_t(Case)].Value
                             : Op->Args.empty() ? nullptr
                                                : &Op->Args[0];
  if (!Given || Given->K == ir::Operand::Kind::None)
    return -1;
  int Env = S.Tasks[T].Stack.back().Env;
  Arg A = evaluate(S, Env, *Given);
  bool IsCopied = A.K == Arg::Kind::Cell && !U.object(Given->Obj ? Given->Obj
                                                      : Op       ? Op->Obj
                                                                 : ObjId())
                                                 .IsAlias;
  return itemOf(S, A, IsCopied);
}

/// The part '*' of Result becomes Item, -1 when that is not known.
void Machine::deliver(State &S, int Env, ObjId Result, int Item) {
  if (!Result)
    return;
  int Of = resolve(S, Env, Result);
  // A new one each time: who kept the last one keeps it.
  if (int Old = S.findPart(Of, Net.contentKey()); Old >= 0) {
    S.cell(Old).Base = -1;
    S.cell(Old).Key = 0;
  }
  int C = S.addCell(Result, Item < 0 ? Cell::Open : 0);
  S.cell(C).Base = Of;
  S.cell(C).Key = Net.contentKey();
  S.cell(C).Target = Item;
  S.cell(C).Reach = S.cell(Of).Reach;
  if (Item >= 0)
    markReach(S, Item, S.cell(Of).Reach);
}

/// An optional To that became From holds what From holds.
void Machine::shareContent(State &S, int From, int To) {
  if (From == To)
    return;
  int Held = S.findPart(From, Net.contentKey());
  if (int Old = S.findPart(To, Net.contentKey()); Old >= 0)
    S.detach(Old);
  if (Held < 0)
    return;
  int C = S.addCell(S.cell(Held).Origin, 0);
  S.cell(C).Base = To;
  S.cell(C).Key = Net.contentKey();
  S.cell(C).Target = follow(S, Held);
  S.cell(C).Reach = S.cell(To).Reach;
}

/// Item goes into, or the oldest comes out of, a channel with room.
void Machine::putItem(State &S, int Channel, int Item) {
  auto &C = S.cell(Channel);
  if (C.Items.empty() && Item < 0)
    return;
  C.Items.resize(size_t(std::max<int64_t>(C.Count - 1, 0)), -1);
  C.Items.push_back(Item);
  if (Item >= 0)
    markReach(S, Item, S.cell(Channel).Reach);
}

int Machine::takeItem(State &S, int Channel) {
  auto &Items = S.cell(Channel).Items;
  if (Items.empty())
    return -1;
  int Item = Items.front();
  Items.erase(Items.begin());
  if (std::all_of(Items.begin(), Items.end(), [](int I) { return I < 0; }))
    Items.clear();
  return Item;
}

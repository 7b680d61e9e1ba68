//===- Maps.cpp - Elements by key -----------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// As long as every key that was used on a map is known, so is which element is
// at a key and that there is none at another. One key that is not known ends
// that: the map's elements are open from then on.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using summary::Interval;

/// It was seen to begin, and all that was done to it.
bool Machine::isFollowed(const State &S, int Map) const {
  const Cell &C = S.cell(Map);
  return C.is(Cell::Made) && !C.is(Cell::Open) && !C.is(Cell::Summarised) &&
         !C.is(Cell::Lost);
}

/// In the order of their keys.
std::vector<int> Machine::slotsByKey(const State &S, int Map) const {
  std::vector<int> Out;
  for (size_t I = 0; I < S.Cells.size(); ++I)
    if (S.Cells[I].Base == Map && S.Cells[I].is(Cell::Keyed))
      Out.push_back(int(I));
  std::sort(Out.begin(), Out.end(),
            [&](int A, int B) { return S.cell(A).Count < S.cell(B).Count; });
  return Out;
}

void Machine::setSize(State &S, int Container, Interval Size) {
  int At = S.findPart(Container, Net.sizeKey());
  if (At < 0) {
    At = S.addCell(ObjId(), 0);
    S.cell(At).Base = Container;
    S.cell(At).Key = Net.sizeKey();
    S.cell(At).Reach = S.cell(Container).Reach;
  }
  setNumber(S, follow(S, At), Size);
}

int Machine::addSlot(State &S, int Map, int64_t Key, ObjId Element) {
  auto Mixed = uint64_t(Key) * 0x9e3779b97f4a7c15ull;
  uint32_t At = FirstElement + uint32_t(Mixed >> 36);
  while (S.findPart(Map, At) >= 0)
    ++At;
  int Slot = S.addCell(Element, Cell::Keyed);
  S.cell(Slot).Base = Map;
  S.cell(Slot).Key = At;
  S.cell(Slot).Count = Key;
  S.cell(Slot).Reach = S.cell(Map).Reach;
  return Slot;
}

/// Op looks an element up by key and puts one there when there is none.
bool Machine::putsNew(const ir::Op &Op) {
  return Op.Args.size() > 2 && Op.Args[2].K != ir::Operand::Kind::None;
}

/// Op looks up what must be there: it throws when it is not.
bool Machine::mustFind(const ir::Op &Op) {
  return Op.How == ir::Mode::Key && Op.Args.size() > 2 && !putsNew(Op);
}

/// The element that Op looked up is not there.
bool Machine::isNone(State &S, int Env, const ir::Op &Op) {
  int Found = resolve(S, Env, Op.Obj);
  return S.Numbers.get(ObjId(uint32_t(Found))) == Interval::exactly(0);
}

/// See Ops.def: bind by Mode key.
void Machine::bindByKey(State &S, int Env, const ir::Op &Op, Interval Key) {
  ObjId Element = Op.Args[0].Obj;
  int Map = resolve(S, Env, U.object(Element).Base);
  Arg Found;
  if (!isFollowed(S, Map) || !Key.isExact()) {
    if (putsNew(Op)) {
      markOpen(S, evaluate(S, Env, Op.Args[2]));
      forgetElements(S, Map, true);
      setSize(S, Map, {1, Interval::Max});
    }
    Found.K = Arg::Kind::Cell;
    Found.Index = follow(S, part(S, Map, Element));
    return bind(S, Env, Op.Obj, Found);
  }
  int Slot = -1;
  std::vector<int> Slots = slotsByKey(S, Map);
  for (int I : Slots)
    if (S.cell(I).Count == Key.Lo)
      Slot = I;
  if (Slot < 0 && putsNew(Op)) {
    Arg New = evaluate(S, Env, Op.Args[2]);
    Slot = addSlot(S, Map, Key.Lo, Element);
    S.cell(Slot).Target = New.Index;
    markReach(S, New, S.cell(Slot).Reach);
    setNumber(S, New.Index, Interval::exactly(1));
    Slots.push_back(Slot);
  }
  if (putsNew(Op))
    setSize(S, Map, Interval::exactly(int64_t(Slots.size())));
  if (Slot >= 0) {
    Found.K = Arg::Kind::Cell;
    Found.Index = follow(S, Slot);
  }
  bind(S, Env, Op.Obj, Found);
  if (Slot < 0) // the end
    setNumber(S, resolve(S, Env, Op.Obj), Interval::exactly(0));
}

/// Takes the element with a key, or that is given, out of a map.
void Machine::shiftByKey(State &S, int Env, const ir::Op &Op) {
  int Map = resolve(S, Env, Op.Obj);
  const ir::Operand &Which = Op.Args[1];
  bool IsGiven = Which.K == ir::Operand::Kind::Place;
  int Given = IsGiven ? resolve(S, Env, Which.Obj) : -1;
  Interval Key = IsGiven ? Interval() : evaluate(S, Env, Which.Value);
  std::vector<int> Slots = slotsByKey(S, Map);
  bool IsKnown = isFollowed(S, Map) && (IsGiven || Key.isExact());
  int Gone = -1;
  for (int I : Slots)
    if (IsGiven ? follow(S, I) == Given : S.cell(I).Count == Key.Lo)
      Gone = I;
  if (!IsKnown || (IsGiven && Gone < 0)) {
    forgetElements(S, Map, true);
    return setSize(S, Map, {0, Interval::Max});
  }
  if (Gone >= 0)
    S.detach(Gone);
  setSize(S, Map, Interval::exactly(int64_t(Slots.size()) - (Gone >= 0)));
}

//===- State.cpp - A moment of a task network -----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/State.h"
#include <algorithm>
#include <tuple>

using namespace heddle;
using namespace heddle::explore;

static auto lowerBound(decltype(Env::Slots) &Slots, ObjId O) {
  return std::lower_bound(Slots.begin(), Slots.end(), O,
                          [](const auto &S, ObjId O) { return S.first < O; });
}

int *Env::find(ObjId O) {
  auto It = lowerBound(Slots, O);
  return It != Slots.end() && It->first == O ? &It->second : nullptr;
}

void Env::put(ObjId O, int Cell) {
  auto It = lowerBound(Slots, O);
  if (It != Slots.end() && It->first == O)
    It->second = Cell;
  else
    Slots.insert(It, {O, Cell});
}

void Env::erase(ObjId O) {
  auto It = lowerBound(Slots, O);
  if (It != Slots.end() && It->first == O)
    Slots.erase(It);
}

int State::addCell(ObjId Origin, uint16_t Flags) {
  Cell C;
  C.Origin = Origin;
  C.Flags = Flags;
  C.Serial = CellSerial++;
  Cells.push_back(std::move(C));
  return int(Cells.size()) - 1;
}

int State::findPart(int Base, uint32_t Key) const {
  for (size_t I = 0; I < Cells.size(); ++I)
    if (Cells[I].Base == Base && Cells[I].Key == Key)
      return int(I);
  return -1;
}

void State::detach(int Element) {
  cell(Element).Base = -1;
  cell(Element).Key = 0;
  cell(Element).put(Cell::Keyed, false);
}

int State::addEnv(FuncId F, int Parent) {
  Env E;
  E.Function = F;
  E.Parent = Parent;
  Envs.push_back(std::move(E));
  return int(Envs.size()) - 1;
}

//===----------------------------------------------------------------------===//
// Canonical form
//===----------------------------------------------------------------------===//

namespace {

/// Numbers what is reached, in the order of a walk from the tasks.
class Renumbering {
  using Indexes = llvm::SmallVector<int, 64>; ///< most states have fewer

public:
  explicit Renumbering(State &S)
      : S(S), Cells(S.Cells.size(), -1), Envs(S.Envs.size(), -1),
        Closures(S.Closures.size(), -1), Reach(S.Cells.size(), 0) {
    for (size_t I = 0; I < S.Cells.size(); ++I)
      if (S.Cells[I].Base >= 0)
        Parts.push_back({S.Cells[I].Base, S.Cells[I].Key, int(I)});
    std::sort(Parts.begin(), Parts.end());
  }

  void run() {
    env(0);
    drain();
    auto Everyone = uint16_t((1u << S.Tasks.size()) - 1);
    for (int C : CellOrder)
      Reach[size_t(C)] = Everyone;
    for (size_t T = 0; T < S.Tasks.size(); ++T) {
      startReach(T);
      const Task &Ts = S.Tasks[T];
      cell(Ts.Handle);
      cell(Ts.Counter);
      for (const Frame &F : Ts.Stack)
        env(F.Env);
      drain();
    }
    apply();
  }

private:
  void startReach(size_t T) {
    Bit = uint16_t(1u << T);
    SeenEnvs.assign(S.Envs.size(), false);
    SeenClosures.assign(S.Closures.size(), false);
  }

  void cell(int C) {
    if (C < 0)
      return;
    if (Cells[size_t(C)] < 0) {
      Cells[size_t(C)] = int(CellOrder.size());
      CellOrder.push_back(C);
    } else if (!Bit || (Reach[size_t(C)] & Bit)) {
      return;
    }
    Reach[size_t(C)] |= Bit;
    Pending.push_back(C);
  }

  void env(int E) {
    for (; E >= 0; E = S.Envs[size_t(E)].Parent) {
      if (SeenEnvs.size() > size_t(E) && SeenEnvs[size_t(E)])
        return;
      if (SeenEnvs.size() > size_t(E))
        SeenEnvs[size_t(E)] = true;
      if (Envs[size_t(E)] < 0) {
        Envs[size_t(E)] = int(EnvOrder.size());
        EnvOrder.push_back(E);
      }
      for (const auto &[O, C] : S.Envs[size_t(E)].Slots)
        cell(C);
    }
  }

  void arg(const Arg &A) {
    if (A.K == Arg::Kind::Cell)
      cell(A.Index);
    else if (A.K == Arg::Kind::Closure)
      closure(A.Index);
  }

  void closure(int I) {
    if (I < 0)
      return;
    if (SeenClosures.size() > size_t(I)) {
      if (SeenClosures[size_t(I)])
        return;
      SeenClosures[size_t(I)] = true;
    } else if (Closures[size_t(I)] >= 0) {
      return;
    }
    if (Closures[size_t(I)] < 0) {
      Closures[size_t(I)] = int(ClosureOrder.size());
      ClosureOrder.push_back(I);
    }
    const Closure &C = S.Closures[size_t(I)];
    env(C.Env);
    cell(C.This);
    for (const Arg &A : C.Bound)
      arg(A);
  }

  void drain() {
    while (!Pending.empty()) {
      int I = Pending.back();
      Pending.pop_back();
      const Cell &C = S.cell(I);
      cell(C.Target);
      closure(C.Fn);
      // A lock's Refs are tasks; see Cell::Refs.
      if (C.Capacity == RefsAreCells)
        for (int L : C.Refs)
          cell(L);
      for (int I : C.Items)
        cell(I);
      if (C.Target >= 0)
        continue; // It denotes another one, whose parts are meant.
      for (auto P = std::lower_bound(Parts.begin(), Parts.end(),
                                     std::tuple(I, uint32_t(0), 0));
           P != Parts.end() && std::get<0>(*P) == I; ++P)
        cell(std::get<2>(*P));
    }
  }

  int mapped(const Indexes &Map, int I) const {
    return I < 0 ? I : Map[size_t(I)];
  }

  /// All are in their places already: only who reaches them is new.
  bool isInOrder() const {
    auto Is = [](const Indexes &Order, size_t Size) {
      if (Order.size() != Size)
        return false;
      for (size_t I = 0; I < Size; ++I)
        if (Order[I] != int(I))
          return false;
      return true;
    };
    return Is(CellOrder, S.Cells.size()) && Is(EnvOrder, S.Envs.size()) &&
           Is(ClosureOrder, S.Closures.size());
  }

  /// C was Cells[Was]: a part of nothing has no key, a known number no roots.
  void dropMeaningless(Cell &C, size_t Was) const {
    if (C.Base < 0)
      C.Key = 0;
    if (C.Roots && S.Numbers.get(ObjId(uint32_t(Was))).isExact())
      C.Roots = 0;
  }

  void apply() {
    if (isInOrder()) {
      for (size_t I = 0; I < S.Cells.size(); ++I) {
        S.Cells[I].Reach = Reach[I];
        dropMeaningless(S.Cells[I], I);
      }
      return;
    }
    Roomy<Cell> NewCells;
    NewCells.reserve(CellOrder.size());
    for (int I : CellOrder) {
      Cell &C = NewCells.emplace_back(std::move(S.cell(I)));
      C.Base = mapped(Cells, C.Base);
      dropMeaningless(C, size_t(I));
      C.Target = mapped(Cells, C.Target);
      C.Fn = mapped(Closures, C.Fn);
      C.Reach = Reach[size_t(I)];
      if (C.Capacity == RefsAreCells)
        for (int &L : C.Refs)
          L = mapped(Cells, L);
      for (int &I : C.Items)
        I = mapped(Cells, I);
    }
    Roomy<Env> NewEnvs;
    NewEnvs.reserve(EnvOrder.size());
    for (int I : EnvOrder) {
      Env &E = NewEnvs.emplace_back(std::move(S.Envs[size_t(I)]));
      E.Parent = mapped(Envs, E.Parent);
      for (auto &[O, C] : E.Slots)
        C = mapped(Cells, C);
    }
    std::vector<Closure> NewClosures;
    NewClosures.reserve(ClosureOrder.size());
    for (int I : ClosureOrder) {
      Closure C = std::move(S.Closures[size_t(I)]);
      C.Env = mapped(Envs, C.Env);
      C.This = mapped(Cells, C.This);
      for (Arg &A : C.Bound)
        A.Index = mapped(A.K == Arg::Kind::Closure ? Closures : Cells, A.Index);
      NewClosures.push_back(std::move(C));
    }
    for (Task &T : S.Tasks) {
      T.Handle = mapped(Cells, T.Handle);
      T.Counter = mapped(Cells, T.Counter);
      for (Frame &F : T.Stack)
        F.Env = mapped(Envs, F.Env);
    }
    S.Cells = std::move(NewCells);
    S.Envs = std::move(NewEnvs);
    S.Closures = std::move(NewClosures);
    S.Numbers.rename([&](ObjId O) {
      int New = Cells[O.index()];
      return New < 0 ? ObjId() : ObjId(uint32_t(New));
    });
  }

  State &S;
  Indexes Cells, Envs, Closures;
  Indexes CellOrder, EnvOrder, ClosureOrder, Pending;
  /// By base and key.
  llvm::SmallVector<std::tuple<int, uint32_t, int>, 64> Parts;
  llvm::SmallVector<uint16_t, 64> Reach;
  llvm::SmallVector<bool, 64> SeenEnvs, SeenClosures;
  uint16_t Bit = 0;
};

} // namespace

/// An order of tasks by what they are doing.
static bool comesBefore(const Task &A, const Task &B) {
  if (A.IsEntry != B.IsEntry)
    return A.IsEntry;
  auto Key = [](const Task &T) {
    return std::tuple(T.Root, T.Stack.size(), T.State, T.At, T.IsInDoubt,
                      T.SpawnOp ? T.SpawnOp->Loc : SourceSpan());
  };
  if (Key(A) != Key(B))
    return Key(A) < Key(B);
  for (size_t I = 0; I < A.Stack.size(); ++I) {
    const Frame &F = A.Stack[I], &G = B.Stack[I];
    auto P = std::tuple(F.Function, F.Block, F.Op);
    auto Q = std::tuple(G.Function, G.Block, G.Op);
    if (P != Q)
      return P < Q;
  }
  return false;
}

TaskMap explore::canonicalise(State &S, bool BySymmetry) {
  TaskMap Map;
  Map.fill(NoTask);
  std::vector<uint8_t> Order;
  for (size_t T = 0; T < S.Tasks.size(); ++T)
    if (S.Tasks[T].State != Task::Status::Done)
      Order.push_back(uint8_t(T));
  if (BySymmetry)
    std::sort(Order.begin(), Order.end(), [&](uint8_t A, uint8_t B) {
      if (comesBefore(S.Tasks[A], S.Tasks[B]))
        return true;
      return A < B && !comesBefore(S.Tasks[B], S.Tasks[A]);
    });
  std::vector<Task> Tasks;
  Tasks.reserve(Order.size());
  for (size_t I = 0; I < Order.size(); ++I) {
    Map[Order[I]] = uint8_t(I);
    Tasks.push_back(std::move(S.Tasks[Order[I]]));
  }
  S.Tasks = std::move(Tasks);
  auto Rename = [&](int T) {
    if (T < 0)
      return T;
    return Map[size_t(T)] == NoTask ? GoneTask : int(Map[size_t(T)]);
  };
  for (Cell &C : S.Cells) {
    C.Holder = Rename(C.Holder);
    if (C.Capacity == RefsAreCells)
      continue;
    for (int &T : C.Refs)
      T = Rename(T);
    std::sort(C.Refs.begin(), C.Refs.end());
  }
  Renumbering(S).run();
  return Map;
}

//===----------------------------------------------------------------------===//
// Hash
//===----------------------------------------------------------------------===//

namespace {
class Hasher {
public:
  void add(uint64_t V) {
    H.A = (H.A ^ V) * 0x9e3779b97f4a7c15ull;
    H.A ^= H.A >> 29;
    H.B = (H.B + V) * 0xc2b2ae3d27d4eb4full;
    H.B ^= H.B >> 31;
  }
  void add(int V) { add(uint64_t(int64_t(V))); }
  void add(int Hi, int Lo) { add(uint64_t(uint32_t(Hi)) << 32 | uint32_t(Lo)); }
  void add(FuncId F) { add(uint64_t(std::hash<FuncId>()(F))); }
  void add(ObjId O) { add(uint64_t(std::hash<ObjId>()(O))); }
  StateHash H;
};
} // namespace

StateHash explore::hash(const State &S) {
  Hasher H;
  H.add(uint64_t(S.EntryReturned) | uint64_t(S.OrderLost) << 1 |
        uint64_t(S.IsCut) << 2 | uint64_t(S.IsGuess) << 3);
  for (const Cell &C : S.Cells) {
    H.add(uint64_t(C.Flags) << 32 | C.Key);
    H.add(C.Base, C.Target);
    H.add(C.Fn, int(std::hash<FuncId>()(C.Class)));
    H.add(uint64_t(C.Count));
    H.add(uint64_t(C.Capacity));
    H.add(C.Holder, C.Depth);
    H.add(C.Roots);
    H.add(int(C.Refs.size()), int(C.Items.size()));
    for (int R : C.Refs)
      H.add(R);
    for (int I : C.Items)
      H.add(I);
  }
  for (const Env &E : S.Envs) {
    H.add(E.Function);
    H.add(E.Parent);
    for (const auto &[O, C] : E.Slots) {
      H.add(int(std::hash<ObjId>()(O)), C);
    }
  }
  for (const Closure &C : S.Closures) {
    H.add(uint64_t(reinterpret_cast<uintptr_t>(C.Fn)));
    H.add(C.Env);
    H.add(C.This);
    for (const Arg &A : C.Bound) {
      H.add(uint64_t(A.K) | uint64_t(A.IsLost) << 8);
      H.add(A.Index);
      H.add(uint64_t(A.Number.Lo));
      H.add(uint64_t(A.Number.Hi));
    }
  }
  for (const Task &T : S.Tasks) {
    H.add(uint64_t(T.State) | uint64_t(T.At) << 8 | uint64_t(T.IsEntry) << 16 |
          uint64_t(T.IsInDoubt) << 17);
    H.add(T.Root);
    H.add(uint64_t(reinterpret_cast<uintptr_t>(T.SpawnOp)));
    H.add(T.Handle);
    H.add(T.Counter);
    for (const Frame &F : T.Stack) {
      H.add(F.Function);
      H.add(uint64_t(F.Block) << 32 | F.Op);
      H.add(F.Env);
    }
  }
  for (const Guess &G : S.Guesses) {
    H.add(G.Site);
    H.add(G.Roots);
    H.add(G.Of);
  }
  H.add(uint64_t(S.Numbers.hash()));
  return H.H;
}

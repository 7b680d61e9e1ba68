//===- Linker.cpp - Units to programs -------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Linker.h"
#include "ir/SkeletonText.h"
#include "link/Merger.h"
#include "link/Symbols.h"
#include <algorithm>
#include <numeric>

using namespace heddle;
using namespace heddle::link;

namespace {

/// Which units are one program: disjoint sets.
class Programs {
public:
  Programs(llvm::ArrayRef<ir::Unit> Units, const Symbols &S)
      : Units(Units), S(S), Leader(Units.size()) {
    std::iota(Leader.begin(), Leader.end(), 0u);
    for (const Entity &E : S.functions())
      needs(E);
    for (const Entity &E : S.objects()) {
      needs(E);
      shares(unitsOf(E));
    }
    overrides();
  }

  /// The units of each program, in order.
  std::vector<std::vector<uint32_t>> sets() {
    std::vector<std::vector<uint32_t>> Sets(Units.size());
    for (uint32_t I = 0; I < Units.size(); ++I)
      Sets[find(I)].push_back(I);
    std::erase_if(Sets, [](const auto &Set) { return Set.empty(); });
    return Sets;
  }

private:
  uint32_t find(uint32_t I) {
    while (Leader[I] != I)
      I = Leader[I] = Leader[Leader[I]];
    return I;
  }
  /// The first of a set leads it, so that sets are in the order of units.
  void unite(uint32_t A, uint32_t B) {
    A = find(A), B = find(B);
    Leader[std::max(A, B)] = std::min(A, B);
  }

  static std::vector<uint32_t> unitsOf(const Entity &E) {
    std::vector<uint32_t> Out;
    for (const Mention &M : E.Mentions)
      Out.push_back(M.Unit);
    return Out;
  }

  /// Who only declares E needs those that define it.
  void needs(const Entity &E) {
    for (const Mention &M : E.Mentions)
      if (!M.IsDefinition)
        for (const Mention &Other : E.Mentions)
          if (Other.IsDefinition &&
              !(S.hasMain(M.Unit) && S.hasMain(Other.Unit)))
            unite(M.Unit, Other.Unit);
  }

  /// Units that have something in common are taken for one program, unless
  /// each is the main file of its own.
  void shares(const std::vector<uint32_t> &Those) {
    uint32_t Hub = Symbols::None;
    for (uint32_t I : Those)
      if (!S.hasMain(I))
        Hub = I;
    if (Hub != Symbols::None)
      for (uint32_t I : Those)
        unite(Hub, I);
  }

  /// Who calls a virtual method and who overrides it.
  void overrides() {
    std::vector<std::vector<uint32_t>> Callers(S.functions().size()),
        Overriders(S.functions().size());
    for (uint32_t I = 0; I < Units.size(); ++I)
      for (const ir::Function &F : Units[I].Functions) {
        if (!F.hasBody())
          continue;
        for (FuncId Base : F.Overrides)
          if (uint32_t E = S.function(I, Base); E != Symbols::None)
            Overriders[E].push_back(I);
        eachCallable(F, [&](const ir::Callable &C) {
          if (C.Virtual)
            if (uint32_t E = S.function(I, C.Virtual); E != Symbols::None)
              Callers[E].push_back(I);
        });
      }
    for (size_t E = 0; E < Callers.size(); ++E)
      if (!Callers[E].empty() && !Overriders[E].empty()) {
        Callers[E].insert(Callers[E].end(), Overriders[E].begin(),
                          Overriders[E].end());
        shares(Callers[E]);
      }
  }

  llvm::ArrayRef<ir::Unit> Units;
  const Symbols &S;
  std::vector<uint32_t> Leader;
};

} // namespace

/// By path; units of one path by what is in them, and only once.
void Linker::sort() {
  std::vector<std::string> Paths, Texts(Units.size());
  for (const ir::Unit &U : Units)
    Paths.push_back(canonicalPath(U.MainFile));
  auto Text = [&](size_t I) -> const std::string & {
    if (Texts[I].empty())
      Texts[I] = ir::print(Units[I]);
    return Texts[I];
  };
  std::vector<size_t> Order(Units.size());
  std::iota(Order.begin(), Order.end(), 0u);
  std::sort(Order.begin(), Order.end(), [&](size_t A, size_t B) {
    if (A == B || Paths[A] != Paths[B])
      return Paths[A] < Paths[B];
    return Text(A) < Text(B);
  });
  std::vector<ir::Unit> Sorted;
  for (size_t I = 0; I < Order.size(); ++I)
    if (I == 0 || Paths[Order[I]] != Paths[Order[I - 1]] ||
        Text(Order[I]) != Text(Order[I - 1]))
      Sorted.push_back(std::move(Units[Order[I]]));
  Units = std::move(Sorted);
}

std::vector<ir::Unit> Linker::link() {
  sort();
  Symbols S(Units);
  std::vector<ir::Unit> Out;
  for (const std::vector<uint32_t> &Set : Programs(Units, S).sets())
    Out.push_back(Merger(Units, S, Set, IsPartial).run());
  return Out;
}

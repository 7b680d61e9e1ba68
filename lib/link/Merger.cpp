//===- Merger.cpp - One program from its units ----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions the program has, and which of them each unit means.
// MergeCopy.cpp copies them.
//
//===----------------------------------------------------------------------===//

#include "link/Merger.h"
#include <algorithm>
#include <set>

using namespace heddle;
using namespace heddle::link;

Merger::Merger(llvm::ArrayRef<ir::Unit> Units, const Symbols &S,
               llvm::ArrayRef<uint32_t> Set, bool IsPartial)
    : Units(Units), S(S), Set(Set), IsWhole(!IsPartial),
      OfEntity(S.functions().size()), OfObjectEntity(S.objects().size()),
      Functions(Units.size()), Objects(Units.size()), Files(Units.size()),
      Owned(Units.size()) {
  for (uint32_t I : Set) {
    Functions[I].resize(Units[I].Functions.size());
    Objects[I].resize(Units[I].Objects.size());
    Files[I].resize(Units[I].Files.size());
  }
}

FuncId Merger::addFunction(uint32_t Unit, FuncId F, bool HasBody) {
  FuncId New(uint32_t(Sources.size()));
  Sources.push_back({Unit, F, HasBody});
  return Functions[Unit][F.index()] = New;
}

/// The functions of Unit whose body is kept.
void Merger::addDefinitions(uint32_t Unit) {
  const ir::Unit &U = Units[Unit];
  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    FuncId F(I);
    const ir::Function &Fn = U.Functions[I];
    if (!Fn.hasBody() || (Fn.IsLambda && Fn.Parent))
      continue;
    uint32_t E = S.function(Unit, F);
    if (E == Symbols::None)
      addFunction(Unit, F, true);
    else if (OfEntity[E])
      Functions[Unit][I] = OfEntity[E];
    else
      OfEntity[E] = addFunction(Unit, F, true);
  }
}

/// Gives each lambda of Unit what Find says of it, the function it is written
/// in and that one's counterpart in the program; none is to be asked again. A
/// lambda comes after what it is written in, in text not always: until nothing
/// is new.
void Merger::eachLambda(
    uint32_t Unit,
    llvm::function_ref<FuncId(FuncId, const ir::Function &, FuncId)> Find) {
  const ir::Unit &U = Units[Unit];
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (uint32_t I = 0; I < U.Functions.size(); ++I) {
      const ir::Function &Fn = U.Functions[I];
      if (!Fn.IsLambda || !Fn.Parent || Functions[Unit][I])
        continue;
      FuncId Parent = Functions[Unit][Fn.Parent.index()];
      if (!Parent)
        continue;
      if (FuncId Found = Find(FuncId(I), Fn, Parent)) {
        Functions[Unit][I] = Found;
        Changed = true;
      }
    }
  }
}

Merger::Key Merger::keyOf(const ir::Function &Lambda, FuncId Parent) {
  return Key(Parent, Lambda.Params.size(), "", Lambda.Loc.Line,
             Lambda.Loc.Column);
}

/// The lambdas in bodies of Unit that are kept.
void Merger::addLambdas(uint32_t Unit) {
  eachLambda(Unit, [&](FuncId F, const ir::Function &Fn, FuncId Parent) {
    if (Sources[Parent.index()].Unit != Unit ||
        Sources[Parent.index()].Id != Fn.Parent)
      return FuncId();
    FuncId New = addFunction(Unit, F, Fn.hasBody());
    Lambdas.try_emplace(keyOf(Fn, Parent), New);
    return New;
  });
}

/// The lambdas in bodies that are not kept: those at the same place.
void Merger::mapLambdas(uint32_t Unit) {
  eachLambda(Unit, [&](FuncId, const ir::Function &Fn, FuncId Parent) {
    auto It = Lambdas.find(keyOf(Fn, Parent));
    return It == Lambdas.end() ? FuncId() : It->second;
  });
}

/// What Unit only declares, and what is left: it has no body in the program.
void Merger::addDeclarations(uint32_t Unit) {
  const ir::Unit &U = Units[Unit];
  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    if (Functions[Unit][I])
      continue;
    uint32_t E = S.function(Unit, FuncId(I));
    if (E == Symbols::None)
      addFunction(Unit, FuncId(I), false);
    else if (OfEntity[E])
      Functions[Unit][I] = OfEntity[E];
    else
      OfEntity[E] = addFunction(Unit, FuncId(I), false);
  }
}

/// Whether the program is one and whole.
void Merger::judge() {
  std::set<std::string> Mains;
  for (const Source &From : Sources) {
    if (!From.HasBody)
      continue;
    const ir::Function &F = Units[From.Unit].function(From.Id);
    if (F.IsMain)
      Mains.insert(canonicalPath(Units[From.Unit].MainFile));
    eachCallable(F, [&](const ir::Callable &C) {
      for (FuncId T : C.Targets) {
        FuncId To = Functions[From.Unit][T.index()];
        IsWhole &= Sources[To.index()].HasBody;
      }
    });
  }
  IsSingle = Mains.size() <= 1;
  IsWhole &= Mains.size() == 1;
}

void Merger::findOverriders() {
  Overriders.resize(Sources.size());
  for (uint32_t I = 0; I < Sources.size(); ++I) {
    const ir::Function &F = Units[Sources[I].Unit].function(Sources[I].Id);
    if (Sources[I].HasBody)
      for (FuncId Base : F.Overrides) {
        FuncId To = Functions[Sources[I].Unit][Base.index()];
        Overriders[To.index()].push_back(FuncId(I));
      }
  }
}

/// What other units show of a virtual call. Several programs in one: whose
/// override runs where is not known, and the call stays as open as it was.
void Merger::addOverrides(ir::Callable &C) const {
  if (!C.Virtual || !C.Open || !IsSingle)
    return;
  std::vector<FuncId> All = C.Targets;
  for (FuncId F : Overriders[C.Virtual.index()])
    if (std::find(All.begin(), All.end(), F) == All.end())
      All.push_back(F);
  if (All.empty() || All.size() > MaxOverrides)
    return;
  std::sort(All.begin(), All.end());
  C.Targets = std::move(All);
  C.Open = !IsWhole;
}

ir::Unit Merger::run() {
  for (uint32_t I : Set) {
    addDefinitions(I);
    addLambdas(I);
  }
  for (uint32_t I : Set)
    mapLambdas(I);
  for (uint32_t I : Set)
    addDeclarations(I);
  judge();
  findOverriders();

  Out.MainFile = Units[Set[0]].MainFile;
  for (auto I = Set.rbegin(); I != Set.rend(); ++I)
    if (S.hasMain(*I))
      Out.MainFile = Units[*I].MainFile;
  Out.Linked = 0;
  for (uint32_t I : Set)
    Out.Linked += Units[I].Linked;
  Out.Functions.resize(Sources.size());
  for (uint32_t I = 0; I < Sources.size(); ++I)
    copy(FuncId(I));
  return std::move(Out);
}

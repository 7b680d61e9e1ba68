//===- Symbols.cpp - Which names are one ----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Symbols.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::link;

std::string link::canonicalPath(llvm::StringRef Path) {
  llvm::SmallString<256> Out(Path);
  llvm::sys::path::remove_dots(Out, /*remove_dot_dot=*/true);
  return Out.str().str();
}

static Site siteOf(const ir::Unit &U, const SourceSpan &S) {
  return {S.File ? canonicalPath(U.file(S.File)) : std::string(), S.Line,
          S.Column};
}

Symbols::Symbols(llvm::ArrayRef<ir::Unit> Units)
    : HasMain(Units.size()), OfFunction(Units.size()), OfObject(Units.size()) {
  // In the order of first mention, so that nothing hangs on a hash.
  llvm::StringMap<size_t> FunctionNames, ObjectNames;
  std::vector<Name> NamedFunctions, NamedObjects;
  auto Named = [](llvm::StringMap<size_t> &Index, std::vector<Name> &Names,
                  llvm::StringRef Usr) -> Name & {
    auto [It, IsNew] = Index.try_emplace(Usr, Names.size());
    if (IsNew)
      Names.emplace_back();
    return Names[It->second];
  };
  for (uint32_t I = 0; I < Units.size(); ++I) {
    const ir::Unit &U = Units[I];
    OfFunction[I].assign(U.Functions.size(), None);
    OfObject[I].assign(U.Objects.size(), None);
    for (uint32_t F = 0; F < U.Functions.size(); ++F) {
      const ir::Function &Fn = U.Functions[F];
      HasMain[I] = HasMain[I] || (Fn.IsMain && Fn.hasBody());
      if (Fn.IsLocal || Fn.IsLambda)
        continue;
      Name &N = Named(FunctionNames, NamedFunctions, Fn.Usr);
      if (Fn.hasBody())
        N.Definitions.push_back({siteOf(U, Fn.Loc), {I, F, true}});
      else
        N.Declarations.push_back({I, F, false});
    }
    for (uint32_t O = 0; O < U.Objects.size(); ++O) {
      const ir::Object &Ob = U.Objects[O];
      if (Ob.Usr.empty())
        continue;
      Name &N = Named(ObjectNames, NamedObjects, Ob.Usr);
      if (Ob.IsDeclared)
        N.Declarations.push_back({I, O, false});
      else if (Ob.IsInline)
        N.Definitions.push_back({siteOf(U, Ob.Loc), {I, O, true}});
      else // Its place is that of its first declaration, maybe in a header.
        N.Definitions.push_back(
            {Site(canonicalPath(U.MainFile), 0, 0), {I, O, true}});
    }
  }
  for (const Name &N : NamedFunctions)
    resolve(N, Functions, OfFunction);
  for (const Name &N : NamedObjects)
    resolve(N, Objects, OfObject);
}

/// Makes the entities that one USR stands for.
void Symbols::resolve(const Name &N, std::vector<Entity> &Entities,
                      Ids &Of) const {
  const auto First = uint32_t(Entities.size());
  std::map<Site, uint32_t> BySite;
  auto Add = [&](uint32_t Id, const Mention &M) {
    Entities[Id].Mentions.push_back(M);
    Of[M.Unit][M.Index] = Id;
  };
  for (const auto &[Where, M] : N.Definitions) {
    auto [It, IsNew] = BySite.try_emplace(Where, uint32_t(Entities.size()));
    if (IsNew)
      Entities.emplace_back();
    Add(It->second, M);
  }
  const auto Last = uint32_t(Entities.size());

  auto IsVisible = [&](uint32_t Id, uint32_t From) {
    return std::any_of(Entities[Id].Mentions.begin(),
                       Entities[Id].Mentions.end(), [&](const Mention &M) {
                         return M.IsDefinition &&
                                (M.Unit == From || !HasMain[From] ||
                                 !HasMain[M.Unit]);
                       });
  };
  uint32_t Unknown = None;
  for (const Mention &M : N.Declarations) {
    uint32_t Found = None;
    unsigned Count = 0;
    for (uint32_t Id = First; Id < Last; ++Id)
      if (IsVisible(Id, M.Unit)) {
        Found = Id;
        ++Count;
      }
    // With no definition they are one all the same; with several each may be
    // another.
    if (Count == 0 && Unknown != None) {
      Found = Unknown;
    } else if (Count != 1) {
      Found = uint32_t(Entities.size());
      Entities.emplace_back();
      if (Count == 0)
        Unknown = Found;
    }
    Add(Found, M);
  }
  for (uint32_t Id = First; Id < Entities.size(); ++Id)
    std::sort(Entities[Id].Mentions.begin(), Entities[Id].Mentions.end(),
              [](const Mention &A, const Mention &B) {
                return std::tie(A.Unit, A.Index) < std::tie(B.Unit, B.Index);
              });
}

//===- Checks.cpp - Which checks are on ---------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Checks.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle::engine;
using llvm::StringRef;

Checks::Checks(StringRef List) {
  while (!List.empty()) {
    StringRef Entry =
        List.take_until([](char C) { return C == ',' || C == '\n'; });
    List = List.drop_front(std::min(List.size(), Entry.size() + 1));
    Glob G;
    Entry = Entry.trim();
    G.IsPositive = !Entry.consume_front("-");
    G.Pattern = Entry.trim().str();
    if (!G.Pattern.empty())
      Globs.push_back(std::move(G));
  }
}

bool Checks::Glob::matches(StringRef Name) const {
  StringRef Rest = Pattern;
  auto [First, Tail] = Rest.split('*');
  if (!Rest.contains('*'))
    return Name == Rest;
  if (!Name.consume_front(First))
    return false;
  // Each part between two stars at its first place, the last at the end.
  while (Tail.contains('*')) {
    auto [Part, Later] = Tail.split('*');
    size_t At = Name.find(Part);
    if (At == StringRef::npos)
      return false;
    Name = Name.drop_front(At + Part.size());
    Tail = Later;
  }
  return Name.ends_with(Tail);
}

bool Checks::contains(StringRef Name) const {
  for (const Glob &G : llvm::reverse(Globs))
    if (G.matches(Name))
      return G.IsPositive;
  return false;
}

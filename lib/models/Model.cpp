//===- Model.cpp - What a library's names mean ----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "models/Model.h"

using namespace heddle::models;

llvm::ArrayRef<CallRow> Model::calls(llvm::StringRef Name) const {
  auto It = Calls.find(Name);
  if (It == Calls.end())
    return {};
  return It->second;
}

const TypeRow *Model::type(llvm::StringRef Name) const {
  auto It = Types.find(Name);
  return It == Types.end() ? nullptr : &It->second;
}

bool Model::ownsNamespace(llvm::StringRef QualifiedName) const {
  for (const std::string &N : Namespaces)
    if (QualifiedName.starts_with(N) &&
        (QualifiedName.size() == N.size() ||
         QualifiedName.substr(N.size()).starts_with("::")))
      return true;
  return false;
}

void Model::add(CallRow Row) {
  std::vector<CallRow> &Rows = Calls[Row.Name];
  Rows.push_back(std::move(Row));
}

void Model::add(TypeRow Row) {
  std::string Name = Row.Name;
  Types[Name] = std::move(Row);
}

void Model::addNamespace(std::string Name) {
  Namespaces.push_back(std::move(Name));
}

void Model::overrideWith(Model Later) {
  for (auto &Entry : Later.Calls) {
    std::vector<CallRow> &Rows = Calls[Entry.getKey()];
    Entry.getValue().insert(Entry.getValue().end(),
                            std::make_move_iterator(Rows.begin()),
                            std::make_move_iterator(Rows.end()));
    Rows = std::move(Entry.getValue());
  }
  for (auto &Entry : Later.Types)
    Types[Entry.getKey()] = std::move(Entry.getValue());
  for (std::string &N : Later.Namespaces)
    Namespaces.push_back(std::move(N));
}

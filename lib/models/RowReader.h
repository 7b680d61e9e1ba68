//===- RowReader.h - One row of a model file ------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: from a row's keys and values, as text with a place, to a CallRow or a
// TypeRow. ModelFile.cpp has the file around the rows.
// Errors go to the function it was made with; a row with one is not complete.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_MODELS_ROWREADER_H
#define HEDDLE_MODELS_ROWREADER_H

#include "models/Model.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SMLoc.h"

namespace heddle::models {

/// A key and what it stands for: one word, or the words of a list.
struct Entry {
  std::string Key;
  std::vector<std::string> Values;
  bool IsList = false;
  llvm::SMLoc KeyLoc, ValueLoc;
};

struct Row {
  std::vector<Entry> Entries;
  llvm::SMLoc Loc;
};

class RowReader {
public:
  using Report = llvm::function_ref<void(llvm::SMLoc, const llvm::Twine &)>;
  explicit RowReader(Report Wrong) : Wrong(Wrong) {}

  /// Adds one row for each of its names.
  void call(const Row &R, Model &Into);
  void type(const Row &R, Model &Into);

private:
  /// The values of Key; reports when it is missing and Required.
  const Entry *find(const Row &R, llvm::StringRef Key, bool Required);
  void known(const Row &R, llvm::ArrayRef<llvm::StringLiteral> Keys);
  const std::string *one(const Row &R, llvm::StringRef Key);
  bool flag(const Row &R, llvm::StringRef Key);
  Role role(const Row &R, llvm::StringRef Key);
  void needs(const Row &R, const CallRow &C);
  template <class Table>
  std::optional<size_t> word(const Row &R, llvm::StringRef Key,
                             const Table &Words);

  Report Wrong;
};

} // namespace heddle::models

#endif // HEDDLE_MODELS_ROWREADER_H

//===- SourceText.h - The text of the files that findings name --*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: lines of source for reporters, and whole files for NOLINT. A file is
// read once, from disk or through the face's own reader (an editor's unsaved
// buffer counts, not the file). One that cannot be read is empty: findings in
// it are reported without their line. Cost: every file with a finding stays in
// memory. Thread-safety: none.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_SOURCETEXT_H
#define HEDDLE_REPORT_SOURCETEXT_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace heddle::report {

class SourceText {
public:
  using Reader = std::function<std::optional<std::string>(llvm::StringRef)>;

  SourceText() = default; ///< reads from disk
  explicit SourceText(Reader Read) : Read(std::move(Read)) {}

  llvm::StringRef file(llvm::StringRef Path);
  /// Line, from 1, without its end; empty when there is none.
  llvm::StringRef line(llvm::StringRef Path, unsigned Line);
  /// The offset of Line and Column, both from 1; the text's end when past it.
  size_t offset(llvm::StringRef Path, unsigned Line, unsigned Column);

private:
  struct File {
    std::string Text;
    std::vector<size_t> Lines; ///< offset of each line's start
  };
  const File &get(llvm::StringRef Path);

  Reader Read;
  llvm::StringMap<File> Files;
};

} // namespace heddle::report

#endif // HEDDLE_REPORT_SOURCETEXT_H

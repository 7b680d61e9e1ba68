//===- ModelFile.h - Read library models ----------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: YAML to rows. docs/models.md has the format. Every error names file,
// line and column; a file with an error adds no row at all.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_MODELS_MODELFILE_H
#define HEDDLE_MODELS_MODELFILE_H

#include "models/Model.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace heddle::models {

/// Adds the rows of Text to M.
/// Errors: "FILE:LINE:COL: what is wrong", one a line.
llvm::Error readModel(llvm::MemoryBufferRef Text, Model &M);

/// A model file in the binary.
struct BuiltinFile {
  llvm::StringLiteral Name;
  llvm::StringLiteral Text;
};

/// Every lib/models/*.yaml, by name.
llvm::ArrayRef<BuiltinFile> builtinFiles();

/// The models that are built in.
/// Ensures: reads them once; the same object every time. Thread-safety: yes.
const Model &builtinModel();

} // namespace heddle::models

#endif // HEDDLE_MODELS_MODELFILE_H

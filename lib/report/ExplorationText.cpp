//===- ExplorationText.cpp - What exploration saw, as text ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/ExplorationText.h"
#include "llvm/Support/raw_ostream.h"

using namespace heddle;
using explore::FaultKind;

static llvm::StringRef wordOf(FaultKind K) {
  switch (K) {
  case FaultKind::SendOnClosed:
    return "send-on-closed";
  case FaultKind::CloseOfClosed:
    return "close-of-closed";
  case FaultKind::NegativeCounter:
    return "negative-counter";
  case FaultKind::ReusedCounter:
    return "reused-counter";
  case FaultKind::LeakedTask:
    return "leaked-task";
  case FaultKind::Deadlock:
    break;
  }
  return "deadlock";
}

static std::string placeOf(const ir::Unit &U, const SourceSpan &S) {
  if (!S.isValid())
    return "?";
  return (S.File.index() ? U.file(S.File) + ":" : "") + std::to_string(S.Line) +
         ":" + std::to_string(S.Column);
}

std::string report::explorationText(const ir::Unit &U,
                                    const explore::Exploration &E) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const explore::EntryStats &Entry : E.Entries) {
    OS << "entry " << U.function(Entry.Entry).Name << ": " << Entry.States
       << (Entry.States == 1 ? " state" : " states");
    const char *Before = ", bounds reached: ";
    for (unsigned B = 0; B < explore::BoundKinds; ++B)
      if (Entry.Reached >> B & 1) {
        OS << Before << explore::nameOf(explore::Bound(B));
        Before = ", ";
      }
    OS << '\n';
  }
  for (const explore::Fault &F : E.Faults) {
    OS << "\nfault " << wordOf(F.Kind) << " at " << placeOf(U, F.Loc)
       << " from entry " << U.function(F.Entry).Name << ": " << F.TaskName
       << ", " << ir::mnemonic(F.Op);
    if (F.Object)
      OS << " '" << U.describe(F.Object) << '\'';
    OS << (F.IsCertain ? "" : ", if branches go so") << '\n';
    for (size_t I = 0; I < F.Trace.size(); ++I) {
      const explore::Step &S = F.Trace[I];
      OS << "  " << I << ". task " << S.Task << ", " << placeOf(U, S.Loc)
         << ": " << S.Text;
      if (S.Kind == explore::StepKind::Spawn)
        OS << " (task " << S.Starts << ')';
      if (S.Answers >= 0)
        OS << " (after step " << S.Answers << ')';
      OS << '\n';
    }
  }
  return Text;
}

//===- Finding.cpp - What a rule reports ---------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Finding.h"
#include <algorithm>
#include <tuple>

using namespace heddle;
using namespace heddle::rules;

static const std::string &fileOf(const Finding &F,
                                 const std::vector<std::string> &Files) {
  static const std::string Unknown;
  return F.Loc.File ? Files[F.Loc.File.index()] : Unknown;
}

void rules::normalise(std::vector<Finding> &Findings,
                      const std::vector<std::string> &Files) {
  auto Place = [&](const Finding &F) {
    return std::tie(fileOf(F, Files), F.Loc.Line, F.Loc.Column, F.Rule);
  };
  // Down to the message, so that the order of discovery does not show.
  std::sort(Findings.begin(), Findings.end(),
            [&](const Finding &A, const Finding &B) {
              auto PlaceA = Place(A), PlaceB = Place(B);
              return PlaceA != PlaceB ? PlaceA < PlaceB
                                      : std::tie(A.Level, A.Message) <
                                            std::tie(B.Level, B.Message);
            });
  auto Repeats = [&](const Finding &A, const Finding &B) {
    return Place(A) == Place(B);
  };
  Findings.erase(std::unique(Findings.begin(), Findings.end(), Repeats),
                 Findings.end());
}

void rules::dropExplained(std::vector<Finding> &Findings) {
  std::vector<SourceSpan> Explained, Missed;
  for (const Finding &F : Findings) {
    if (F.Level == Severity::Advice || F.Rule == "heddle-deadlock" ||
        F.Rule == "heddle-leaked-task")
      continue;
    Explained.push_back(F.Loc);
    if (F.Rule == "heddle-missing-done")
      for (const Note &N : F.Notes)
        Missed.push_back(N.Loc);
    // Found where it is forgotten; the wait is among the notes.
    if (F.Rule == "heddle-missing-done" || F.Rule == "heddle-missing-unlock" ||
        F.Rule == "heddle-lock-order")
      for (const Note &N : F.Notes)
        Explained.push_back(N.Loc);
  }
  std::erase_if(Findings, [&](const Finding &F) {
    return F.Rule == "heddle-done-not-deferred" &&
           std::find(Missed.begin(), Missed.end(), F.Loc) != Missed.end();
  });
  std::erase_if(Findings, [&](const Finding &F) {
    return F.Rule == "heddle-deadlock" &&
           std::find_first_of(F.Waits.begin(), F.Waits.end(), Explained.begin(),
                              Explained.end()) != F.Waits.end();
  });
}

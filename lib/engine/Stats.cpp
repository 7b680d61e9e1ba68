//===- Stats.cpp - How it went --------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Stats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/resource.h>

using namespace heddle;
using namespace heddle::engine;

uint64_t engine::peakMemory() {
  rusage Usage{};
  getrusage(RUSAGE_SELF, &Usage);
  auto Peak = uint64_t(Usage.ru_maxrss);
#ifdef __APPLE__
  return Peak;
#else
  return Peak * 1024;
#endif
}

void Stats::add(const Stats &O) {
  Functions += O.Functions;
  CallSites += O.CallSites;
  UnknownCallees += O.UnknownCallees;
  Escaped += O.Escaped;
  Findings += O.Findings;
  Silenced += O.Silenced;
  SummaryBounds.add(O.SummaryBounds);
  Exploration.add(O.Exploration);
  Seconds.Parse += O.Seconds.Parse;
  Seconds.Extract += O.Seconds.Extract;
  Seconds.Summarise += O.Seconds.Summarise;
  Seconds.Explore += O.Seconds.Explore;
  Seconds.Rules += O.Seconds.Rules;
}

namespace {

struct Count {
  std::string Name;
  unsigned Value;
};

/// By the words of docs/limits.md.
std::vector<Count> boundsOf(const Stats &S) {
  const summary::BoundsReached &B = S.SummaryBounds;
  std::vector<Count> Out = {{"summary-nodes", B.Nodes},
                            {"summary-states", B.States},
                            {"summary-work", B.Work},
                            {"summary-outcomes", B.Outcomes},
                            {"summary-events", B.Events},
                            {"callable-depth", B.Depth},
                            {"callable-walks", B.Walks}};
  for (unsigned I = 0; I < explore::BoundKinds; ++I)
    Out.push_back(
        {std::string("explore-") + explore::nameOf(explore::Bound(I)),
         S.Exploration.Reached[I]});
  return Out;
}

std::vector<std::pair<llvm::StringRef, double>> timesOf(const Stats &S) {
  return {{"parse", S.Seconds.Parse},
          {"extract", S.Seconds.Extract},
          {"summarise", S.Seconds.Summarise},
          {"explore", S.Seconds.Explore},
          {"rules", S.Seconds.Rules}};
}

std::string many(uint64_t N, llvm::StringRef One, llvm::StringRef Many) {
  return std::to_string(N) + " " + (N == 1 ? One : Many).str();
}

void put(llvm::raw_ostream &OS, const Stats &S) {
  OS << "  " << many(S.Functions, "function", "functions") << ", "
     << many(S.CallSites, "call", "calls") << ", " << S.UnknownCallees
     << " of an unknown callee, "
     << many(S.Escaped, "escaped object", "escaped objects") << "\n  "
     << many(S.Exploration.Entries, "entry", "entries") << " explored, "
     << many(S.Exploration.States, "state", "states")
     << "\n  bounds reached: ";
  const char *Comma = "";
  for (const Count &C : boundsOf(S))
    if (C.Value) {
      OS << Comma << C.Name << ' ' << C.Value;
      Comma = ", ";
    }
  OS << (*Comma ? "" : "none") << "\n  "
     << many(S.Findings, "finding", "findings") << ", " << S.Silenced
     << " silenced\n ";
  Comma = " ";
  for (auto [Layer, Seconds] : timesOf(S)) {
    OS << Comma << Layer << llvm::format(" %.3f s", Seconds);
    Comma = ", ";
  }
  OS << '\n';
}

llvm::json::Object jsonOf(const Stats &S) {
  llvm::json::Object Bounds, Times;
  for (const Count &C : boundsOf(S))
    Bounds[C.Name] = C.Value;
  for (auto [Layer, Seconds] : timesOf(S))
    Times[Layer] = Seconds;
  return llvm::json::Object{{"functions", S.Functions},
                            {"calls", S.CallSites},
                            {"unknownCallees", S.UnknownCallees},
                            {"escapedObjects", S.Escaped},
                            {"entries", S.Exploration.Entries},
                            {"states", S.Exploration.States},
                            {"boundsReached", std::move(Bounds)},
                            {"findings", S.Findings},
                            {"silenced", S.Silenced},
                            {"seconds", std::move(Times)}};
}

unsigned notAnalysed(const RunStats &R) {
  return R.Unreadable + unsigned(llvm::count_if(R.Files, [](const auto &F) {
           return !F.IsAnalysed;
         }));
}

} // namespace

Stats RunStats::total() const {
  Stats Sum;
  for (const File &F : Files)
    Sum.add(F.Counts);
  return Sum;
}

std::string RunStats::text() const {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const File &F : Files) {
    if (Files.size() == 1)
      break;
    OS << F.Name << (F.IsAnalysed ? "\n" : ": not analysed\n");
    if (F.IsAnalysed)
      put(OS, F.Counts);
  }
  OS << many(Files.size() + Unreadable, "file", "files") << ", "
     << notAnalysed(*this)
     << " not analysed\n";
  put(OS, total());
  OS << "  peak memory " << (peakMemory() >> 20) << " MiB\n";
  return Text;
}

llvm::json::Value RunStats::json() const {
  llvm::json::Array ByFile;
  for (const File &F : Files) {
    llvm::json::Object O = jsonOf(F.Counts);
    O["file"] = llvm::json::fixUTF8(F.Name);
    O["analysed"] = F.IsAnalysed;
    ByFile.push_back(std::move(O));
  }
  llvm::json::Object Sum = jsonOf(total());
  Sum["files"] = int64_t(Files.size() + Unreadable);
  Sum["notAnalysed"] = notAnalysed(*this);
  Sum["peakMemoryBytes"] = int64_t(peakMemory());
  return llvm::json::Object{{"version", 1},
                            {"files", std::move(ByFile)},
                            {"total", std::move(Sum)}};
}

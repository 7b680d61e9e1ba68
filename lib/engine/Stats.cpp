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
  std::vector<Count> Out = {
      {"summary-nodes", B.Nodes},   {"summary-states", B.States},
      {"summary-work", B.Work},     {"summary-outcomes", B.Outcomes},
      {"summary-events", B.Events}, {"callable-depth", B.Depth},
      {"callable-walks", B.Walks}};
  for (unsigned I = 0; I < explore::BoundKinds; ++I)
    Out.push_back({std::string("explore-") + explore::nameOf(explore::Bound(I)),
                   S.Exploration.Reached[I]});
  return Out;
}

using LayerTimes = std::vector<std::pair<llvm::StringRef, double>>;

LayerTimes timesOf(const Stats &S) {
  return {{"summarise", S.Seconds.Summarise},
          {"explore", S.Seconds.Explore},
          {"rules", S.Seconds.Rules}};
}

LayerTimes timesOf(const RunStats &R, const Stats &Sum) {
  double Parse = 0, Extract = 0;
  for (const RunStats::File &F : R.Files) {
    Parse += F.Parse;
    Extract += F.Extract;
  }
  LayerTimes All = {{"parse", Parse}, {"extract", Extract}, {"link", R.Link}};
  llvm::append_range(All, timesOf(Sum));
  return All;
}

std::string many(uint64_t N, llvm::StringRef One, llvm::StringRef Many) {
  return std::to_string(N) + " " + (N == 1 ? One : Many).str();
}

void put(llvm::raw_ostream &OS, const Stats &S, const LayerTimes &Times) {
  OS << "  " << many(S.Functions, "function", "functions") << ", "
     << many(S.CallSites, "call", "calls") << ", " << S.UnknownCallees
     << " of an unknown callee, "
     << many(S.Escaped, "escaped object", "escaped objects") << "\n  "
     << many(S.Exploration.Entries, "entry", "entries") << " explored, "
     << many(S.Exploration.States, "state", "states") << "\n  bounds reached: ";
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
  for (auto [Layer, Seconds] : Times) {
    OS << Comma << Layer << llvm::format(" %.3f s", Seconds);
    Comma = ", ";
  }
  OS << '\n';
}

llvm::json::Object jsonOf(const Stats &S, const LayerTimes &Layers) {
  llvm::json::Object Bounds, Times;
  for (const Count &C : boundsOf(S))
    Bounds[C.Name] = C.Value;
  for (auto [Layer, Seconds] : Layers)
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
  return R.Unreadable + unsigned(llvm::count_if(
                            R.Files, [](const auto &F) { return !F.IsRead; }));
}

Stats sum(const RunStats &R) {
  Stats Sum;
  for (const RunStats::Program &P : R.Programs)
    Sum.add(P.Counts);
  return Sum;
}

} // namespace

std::string RunStats::text() const {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  if (Programs.size() > 1)
    for (const Program &P : Programs) {
      OS << P.Name << '\n';
      put(OS, P.Counts, timesOf(P.Counts));
    }
  Stats Sum = sum(*this);
  OS << many(Files.size() + Unreadable, "file", "files") << ", "
     << notAnalysed(*this) << " not analysed, "
     << many(Programs.size(), "program", "programs") << '\n';
  put(OS, Sum, timesOf(*this, Sum));
  OS << "  peak memory " << (peakMemory() >> 20) << " MiB\n";
  return Text;
}

llvm::json::Value RunStats::json() const {
  llvm::json::Array ByFile, ByProgram;
  for (const File &F : Files)
    ByFile.push_back(llvm::json::Object{
        {"file", llvm::json::fixUTF8(F.Name)},
        {"analysed", F.IsRead},
        {"seconds",
         llvm::json::Object{{"parse", F.Parse}, {"extract", F.Extract}}}});
  for (const Program &P : Programs) {
    llvm::json::Object O = jsonOf(P.Counts, timesOf(P.Counts));
    O["program"] = llvm::json::fixUTF8(P.Name);
    ByProgram.push_back(std::move(O));
  }
  Stats Total = sum(*this);
  llvm::json::Object Sum = jsonOf(Total, timesOf(*this, Total));
  Sum["files"] = int64_t(Files.size() + Unreadable);
  Sum["notAnalysed"] = notAnalysed(*this);
  Sum["peakMemoryBytes"] = int64_t(peakMemory());
  return llvm::json::Object{{"version", 1},
                            {"files", std::move(ByFile)},
                            {"programs", std::move(ByProgram)},
                            {"total", std::move(Sum)}};
}

//===- ReductionTest.cpp - Small random programs --------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whatever the program: exploration ends, soon, and the reduction changes no
// verdict.
//
//===----------------------------------------------------------------------===//
#include "Explored.h"
#include <chrono>
#include <random>
#include <set>

using namespace heddle;
using namespace heddle::explore;

namespace {

class Writer {
public:
  explicit Writer(unsigned Seed) : Rng(Seed) {}

  unsigned pick(unsigned Count) { return unsigned(Rng() % Count); }
  std::string oneOf(std::initializer_list<const char *> All) {
    return All.begin()[pick(unsigned(All.size()))];
  }

  /// A task of straight code over what main made.
  std::string task(unsigned Index, bool Wild) {
    std::string Out = "func @main::t" + std::to_string(Index) +
                      "() lambda parent @main {\nentry:\n";
    for (unsigned I = 1 + pick(3); I-- > 0;)
      Out += op(Wild);
    return Out + "return\n}\n";
  }

  std::string op(bool Wild) {
    if (Wild && pick(3) == 0)
      return oneOf({"havoc %i\n",
                    "set %i = %i + 1\n",
                    "call {}?(%c)\n",
                    "escape %d\n",
                    "once %mu @main::t0()\n",
                    "end %c\n",
                    "bind %c = %d\n",
                    "bind %d = %d\n",
                    "make nil %d\n",
                    "guard-make %g, %mu\n",
                    "guard-end %g\n",
                    "cond-wait %cv @main::t1() with %mu\n",
                    "join %t\n",
                    "call @main::t1()\n",
                    "spawn %t @main::t0()\n",
                    "derive %c, %d\n",
                    "cancel %c\n",
                    "guard-move %g with %g\n",
                    "recv %g\n",
                    "wait %c\n",
                    "lock %g\n",
                    "call *%mu()\n",
                    "bind %mu = @main::t1\n",
                    "recv timed %c -> %i\n"});
    return oneOf({"send %c\n", "recv %c\n", "send %d\n", "recv %d\n",
                  "close %d\n", "lock %mu\n", "unlock %mu\n", "done %wg\n",
                  "try-send %c\n", "try-recv %d\n", "wait %wg\n",
                  "broadcast %cv\n"});
  }

  std::string program(bool Wild) {
    std::string Body = "add %wg, 2\n";
    unsigned Tasks = 1 + pick(2);
    for (unsigned I = 0; I < 2 && I < Tasks; ++I)
      Body += "spawn @main::t" + std::to_string(I) + "()" +
              (pick(2) ? " with %wg\n" : "\n");
    for (unsigned I = pick(4); I-- > 0;)
      Body += op(Wild);
    if (Wild) {
      Body += "br " + oneOf({"%i < 3", "?", "%j", "!(%i == %j)"}) +
              ", entry, mid\nmid:\nselect [\nrecv %c -> %i: " +
              oneOf({"entry", "out", "mid"}) + "\nsend %d: out\n" +
              oneOf({"", "default: out\n", "timeout: entry\n"}) + "]\nout:\n";
    }
    Body += oneOf({"return", "return", "throw", "exit"});
    return withMain(Body + "\n}\n" + task(0, Wild) + task(1, Wild) +
                    "func @other() {\nreturn");
  }

private:
  std::mt19937 Rng;
};

TEST(Reduction, ChangesNoVerdict) {
  unsigned Faulty = 0;
  for (unsigned Seed = 0; Seed < 1500; ++Seed) {
    std::string Text = Writer(Seed).program(false);
    ir::Unit U = unitOf(Text);
    auto Verdict = [&](bool Reduce) {
      Limits L;
      L.Reduce = Reduce;
      Exploration E = explore::explore(U, L);
      EXPECT_EQ(E.Counts.BoundsReached, 0u) << Text;
      std::set<std::pair<int, unsigned>> Out;
      // Who counts last, and so below zero, is a matter of the order, and a
      // way that has failed so is not followed further.
      for (const Fault &F : E.Faults)
        if (F.Kind == FaultKind::NegativeCounter)
          return std::set<std::pair<int, unsigned>>{{int(F.Kind), 0}};
        else
          Out.insert({int(F.Kind), F.Loc.Line});
      return Out;
    };
    auto With = Verdict(true), Without = Verdict(false);
    EXPECT_EQ(With, Without) << "seed " << Seed << Text;
    Faulty += !With.empty();
    if (HasFailure())
      return;
  }
  EXPECT_GT(Faulty, 300u);
}

TEST(Reduction, ABoundHidesAndNeverInvents) {
  unsigned Cut = 0, FoundAllTheSame = 0;
  for (unsigned Seed = 0; Seed < 1500; ++Seed) {
    std::string Text = Writer(Seed).program(Seed % 2);
    ir::Unit U = unitOf(Text);
    auto Verdict = [&](uint64_t Steps) {
      Limits L;
      L.States = 2000;
      L.Steps = Steps;
      std::set<std::pair<int, unsigned>> Out;
      Exploration E = explore::explore(U, L);
      for (const Fault &F : E.Faults)
        Out.insert({int(F.Kind), F.Loc.Line});
      return std::pair(Out, E.Counts.BoundsReached != 0);
    };
    auto [All, NeverEnds] = Verdict(50'000);
    auto [Some, IsCut] = Verdict(60);
    EXPECT_TRUE(std::includes(All.begin(), All.end(), Some.begin(), Some.end()))
        << "seed " << Seed << Text;
    Cut += IsCut && !NeverEnds;
    FoundAllTheSame += IsCut && !Some.empty();
    if (HasFailure())
      return;
  }
  EXPECT_GT(Cut, 100u);
  EXPECT_GT(FoundAllTheSame, 50u);
}

/// Eight tasks that each take and give back the lock in turn are more ways
/// than the bound allows; a state where all wait is near all the same.
TEST(Reduction, WhatIsBlockedIsSoughtFirstNearTheBound) {
  const char *Text = R"(
  add %wg, 8
  set %j = 0
  set %i = 0
  jump head
head:
  br %i < 8, body, out
body:
  spawn @main::t() with %wg
  set %i = %i + 1
  jump head
out:
  wait %wg
  return
}
func @main::t() lambda parent @main {
entry:
  lock %mu
  set %j = %j + 1
  unlock %mu
  lock %mu
  set %j = %j * 2
  unlock %mu
  lock %mu
  br %j > 500, stay, go
stay:
  recv %c
  jump go
go:
  unlock %mu
  return
}
func @other() {
return)";
  ir::Unit U = unitOf(withMain(Text));
  Limits L;
  L.Steps = 20'000;
  Exploration E = explore::explore(U, L);
  EXPECT_EQ(E.Counts.BoundsReached, 1u);
  EXPECT_TRUE(llvm::any_of(E.Faults, [](const Fault &F) {
    return F.Kind == FaultKind::Deadlock && !F.Others.empty();
  }));
}

TEST(Reduction, EveryProgramEndsSoon) {
  for (unsigned Seed = 0; Seed < 1500; ++Seed) {
    std::string Text = Writer(Seed).program(true);
    ir::Unit U = unitOf(Text);
    Limits L;
    L.States = 2000;
    L.Steps = 50'000;
    Exploration E = explore::explore(U, L);
    EXPECT_LE(E.Counts.States, 5000u) << Text;
    for (const Fault &F : E.Faults)
      EXPECT_FALSE(F.Trace.empty());
  }
}

TEST(Reduction, AHundredThousandTasksEndAtTheBound) {
  ir::Unit U = unitOf(withMain(R"(
  set %i = 0
  jump head
head:
  br %i < 100000, body, out
body:
  spawn @main::t()
  set %i = %i + 1
  jump head
out:
  close %c
  return
}
func @main::t() lambda parent @main {
entry:
  recv %c
  return
}
func @other() {
return)"));
  Exploration E = explore::explore(U);
  EXPECT_THAT(E.Faults, IsEmpty());
  EXPECT_EQ(E.Counts.BoundsReached, 1u);
  EXPECT_LT(E.Counts.States, 1000u);
}

TEST(Reduction, AlikeTasksAreOne) {
  auto Count = [](bool Reduce) {
    ir::Unit U = unitOf(withMain(R"(
  set %i = 0
  jump head
head:
  br %i < 4, body, out
body:
  spawn @main::t()
  set %i = %i + 1
  jump head
out:
  recv %c
  recv %c
  recv %c
  recv %c
  return
}
func @main::t() lambda parent @main {
entry:
  send %c
  return
}
func @other() {
return)"));
    Limits L;
    L.Reduce = Reduce;
    return explore::explore(U, L).Counts.States;
  };
  EXPECT_LE(Count(true), 6u);
  EXPECT_LT(Count(true), Count(false));
}

} // namespace

//===- SummaryTest.cpp - What functions do, folded and composed -----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Summary.h"
#include "ir/SkeletonText.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::summary;

namespace {

class SummaryTest : public ::testing::Test {
protected:
  void read(const char *Text) {
    llvm::Expected<ir::Unit> Unit = ir::parse(Text, "test.skel");
    if (!Unit) {
      FAIL() << llvm::toString(Unit.takeError());
      return;
    }
    U = std::move(*Unit);
    All = std::make_unique<Summaries>(U);
  }

  const Summary &of(llvm::StringRef Name) {
    for (uint32_t I = 0; I < U.Functions.size(); ++I)
      if (U.Functions[I].Name == Name)
        return All->of(FuncId(I));
    ADD_FAILURE() << "no function " << Name.str();
    static const Summary None;
    return None;
  }

  unsigned count(const Summary &S, ir::OpKind K) {
    unsigned N = 0;
    for (const Event &E : S.Events)
      N += E.Kind == K;
    return N;
  }

  ir::Unit U;
  std::unique_ptr<Summaries> All;
};

TEST_F(SummaryTest, AFunctionWithoutABodyIsNotKnown) {
  read("declare @F()\n");
  EXPECT_FALSE(of("F").IsKnown);
}

TEST_F(SummaryTest, ALockThatIsKeptIsKeptByTheCaller) {
  read(R"(
%mu = global lock
func @Acquire(%m: lock alias) {
entry:
  lock %m
  return
}
func @Both() {
entry:
  call @Acquire(%mu)
  unlock %mu
  return
}
func @Keeps() {
entry:
  call @Acquire(%mu)
  return
}
)");
  ASSERT_EQ(of("Acquire").Outcomes.size(), 1u);
  ASSERT_EQ(of("Acquire").Outcomes[0].Kept.size(), 1u);
  ASSERT_EQ(of("Keeps").Outcomes.size(), 1u);
  ASSERT_EQ(of("Keeps").Outcomes[0].Kept.size(), 1u);
  EXPECT_EQ(U.object(of("Keeps").Outcomes[0].Kept[0].Lock).Name, "mu");
  ASSERT_EQ(of("Both").Outcomes.size(), 1u);
  EXPECT_TRUE(of("Both").Outcomes[0].Kept.empty());
}

TEST_F(SummaryTest, AnUnlockOfWhatWasNotLockedHereIsAReleaseOfTheCallers) {
  read(R"(
func @Release(%m: lock alias) {
entry:
  unlock %m
  return
}
)");
  ASSERT_EQ(of("Release").Outcomes.size(), 1u);
  EXPECT_EQ(of("Release").Outcomes[0].Released.size(), 1u);
}

TEST_F(SummaryTest, CountersAddUpOverCalls) {
  read(R"(
%wg = global counter
func @AddTwo(%w: counter alias) {
entry:
  add %w, 2
  return
}
func @Four() {
entry:
  call @AddTwo(%wg)
  call @AddTwo(%wg)
  done %wg
  return
}
)");
  ASSERT_EQ(of("Four").Outcomes.size(), 1u);
  ASSERT_EQ(of("Four").Outcomes[0].Deltas.size(), 1u);
  EXPECT_EQ(of("Four").Outcomes[0].Deltas[0].Delta, 3);
}

TEST_F(SummaryTest, ATaskTakesWhatItsWaysOutTake) {
  read(R"(
%wg = global counter
func @Work(%n: value) {
entry:
  br (%n > 0), early, late
early:
  return
late:
  done %wg
  return
}
func @Start() {
entry:
  add %wg, 1
  spawn @Work(1)
  return
}
func @StartLate() {
entry:
  add %wg, 1
  spawn @Work(0)
  return
}
)");
  ASSERT_EQ(of("Start").Tasks.size(), 1u);
  // What it is started with decides which way it takes.
  ASSERT_EQ(of("Start").Tasks[0].Exits.size(), 1u);
  EXPECT_TRUE(of("Start").Tasks[0].Exits[0].Balances.empty());
  ASSERT_EQ(of("StartLate").Tasks[0].Exits.size(), 1u);
  ASSERT_EQ(of("StartLate").Tasks[0].Exits[0].Balances.size(), 1u);
  EXPECT_EQ(of("StartLate").Tasks[0].Exits[0].Balances[0].Delta, -1);
}

TEST_F(SummaryTest, AnEventThatTheCallersArgumentRulesOutDoesNotHappen) {
  read(R"(
%mu = global lock
func @Maybe(%n: value) {
entry:
  br (%n > 0), yes, no
yes:
  lock %mu
  unlock %mu
  return
no:
  return
}
func @Never() {
entry:
  call @Maybe(0)
  return
}
func @Always() {
entry:
  call @Maybe(1)
  return
}
)");
  EXPECT_EQ(count(of("Never"), ir::OpKind::Lock), 0u);
  EXPECT_EQ(count(of("Always"), ir::OpKind::Lock), 1u);
}

TEST_F(SummaryTest, AReturnedConstantDecidesTheCallersBranch) {
  read(R"(
%mu = global lock
func @TryEnter(%n: value) {
entry:
  lock %mu
  br %n, stay, leave
stay:
  return 1
leave:
  unlock %mu
  return 0
}
func @Use(%n: value) {
  %entered = local value
entry:
  call @TryEnter(%n) -> %entered
  br %entered, in, out
in:
  unlock %mu
  return
out:
  return
}
)");
  for (const Outcome &O : of("Use").Outcomes)
    EXPECT_TRUE(O.Kept.empty());
}

TEST_F(SummaryTest, RecursionEnds) {
  read(R"(
%mu = global lock
func @Even(%n: value) {
entry:
  br %n, more, out
more:
  lock %mu
  unlock %mu
  call @Odd(%n)
  return
out:
  return
}
func @Odd(%n: value) {
entry:
  br %n, more, out
more:
  call @Even(%n)
  return
out:
  return
}
)");
  EXPECT_TRUE(of("Even").IsKnown);
  EXPECT_TRUE(of("Odd").IsKnown);
}

TEST_F(SummaryTest, CodeOutOfSightEndsWhatIsKnownOfItsArguments) {
  read(R"(
declare @Unseen(%w: counter alias)
func @F() {
  %wg = local counter
entry:
  make %wg, 0
  add %wg, 1
  call @Unseen(%wg)
  return
}
)");
  ASSERT_EQ(of("F").Outcomes.size(), 1u);
  EXPECT_TRUE(of("F").Outcomes[0].Deltas.empty());
}

TEST_F(SummaryTest, AGuardMadeByTheCalleeIsTheCallersToEnd) {
  read(R"(
%mu = global lock
%Lock.this = this alias in @Lock
%g = field guard of %Lock.this
%Unlock.this = this alias in @Unlock
%h = field guard of %Unlock.this named "g"
func @Lock() this %Lock.this {
entry:
  guard-make %g, %mu
  return
}
func @Unlock() this %Unlock.this {
entry:
  guard-end %h
  return
}
func @Scope() {
  %l = local
entry:
  call %l @Lock[this %l]()
  call %l @Unlock[this %l]()
  return
}
func @Open() {
  %k = local
entry:
  call %k @Lock[this %k]()
  return
}
)");
  ASSERT_EQ(of("Scope").Outcomes.size(), 1u);
  EXPECT_TRUE(of("Scope").Outcomes[0].Kept.empty());
  ASSERT_EQ(of("Open").Outcomes.size(), 1u);
  EXPECT_EQ(of("Open").Outcomes[0].Kept.size(), 1u);
}

TEST_F(SummaryTest, ACallableParameterIsKnownWhereItIsGiven) {
  read(R"(
%mu = global lock
func @Hold() {
entry:
  lock %mu
  return
}
func @Run(%f: callable) {
entry:
  call *%f()
  return
}
func @Use() {
entry:
  call @Run(@Hold)
  return
}
)");
  ASSERT_EQ(of("Use").Outcomes.size(), 1u);
  EXPECT_EQ(of("Use").Outcomes[0].Kept.size(), 1u);
}

} // namespace

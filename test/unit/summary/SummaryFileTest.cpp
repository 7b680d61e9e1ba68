//===- SummaryFileTest.cpp - Summaries as text and back -------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Every field of a summary has another value than its default here. Where it is
// taken apart, the names are counted by the compiler: a field that is added is
// one to add to the text, and here.
//
//===----------------------------------------------------------------------===//

#include "summary/SummaryFile.h"
#include "ir/SkeletonText.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::summary;

namespace {

constexpr const char *Names = R"(skeleton 1
unit "a.cpp"
file "a.cpp"

%mu = global lock
%n = global value
%wg = global counter
%guard = global guard
%ctx = global context
%handle = global task

declare @f() usr "f" !1:1
)";

SourceSpan at(uint32_t Line) { return {FileId(0), Line, 2, Line, 9}; }

class SummaryFileTest : public ::testing::Test {
protected:
  void SetUp() override {
    llvm::Expected<ir::Unit> U = ir::parse(Names, "names.skel");
    ASSERT_TRUE(bool(U)) << llvm::toString(U.takeError());
    File.Names = std::move(*U);
    File.ByFunction.resize(1);
    S().IsKnown = true;
  }
  Summary &S() { return File.ByFunction[0]; }

  ObjId object(llvm::StringRef Name) const {
    for (uint32_t I = 0; I < File.Names.Objects.size(); ++I)
      if (File.Names.Objects[I].Name == Name)
        return ObjId(I);
    ADD_FAILURE() << "no object " << Name.str();
    return {};
  }

  /// What is left of the function's summary in the text.
  Summary reread() {
    std::string Text = print(File);
    llvm::Expected<SummaryFile> Read = parse(Text, "text");
    if (!Read) {
      ADD_FAILURE() << llvm::toString(Read.takeError()) << '\n' << Text;
      return {};
    }
    EXPECT_EQ(print(*Read), Text);
    return Read->ByFunction[0];
  }

  Event event() const {
    Event E;
    auto &[Kind, Obj, How, Loc, Via, Held, Freed, Requires, IsExposed, InTask,
           OnCopy, IsCertain, IsRepeated, Select, CanPass, Took, After, Told] =
        E;
    Kind = ir::OpKind::Recv;
    Obj = object("n");
    How = ir::Mode::Timed;
    Loc = at(3);
    Via = {at(4), at(5)};
    Held = {held(), {object("guard"), ir::Mode::Plain, at(7), false}};
    Freed = {object("mu"), object("n")};
    Requires = {{object("n"), {1, Interval::Max}}, {object("wg"), {-2, 2}}};
    IsExposed = false;
    InTask = OnCopy = IsCertain = IsRepeated = CanPass = true;
    Select = at(8);
    Took = {{object("mu"), at(9), true}, {object("n"), at(10), false}};
    After = {object("wg"), object("n")};
    Told = {object("handle")};
    return E;
  }

  HeldLock held() const {
    HeldLock H;
    auto &[Lock, How, Since, IsScoped] = H;
    Lock = object("mu");
    How = ir::Mode::Shared;
    Since = at(6);
    IsScoped = true;
    return H;
  }

  Task task() const {
    Task T;
    auto &[Loc, Via, By, Name, How, Handle, Counted, IsOpen, IsBlurred, Events,
           Exits] = T;
    Loc = at(11);
    Via = {at(12)};
    By = {at(14), at(15)};
    Name = "Work \"well\"";
    How = ir::Mode::Thread;
    Handle = object("handle");
    Counted = object("wg");
    IsOpen = IsBlurred = true;
    Events = {event()};
    TaskExit X;
    auto &[Kind, Where, Balances, IsCertain] = X;
    Kind = ExitKind::Throw;
    Where = at(13);
    Balances = {{object("wg"), -1}, {object("n"), Balance::Many}};
    IsCertain = true;
    Exits = {X};
    return T;
  }

  SummaryFile File;
};

TEST_F(SummaryFileTest, EveryFieldOfAnEvent) {
  S().Events.push_back(event());
  Summary Read = reread();
  ASSERT_EQ(Read.Events.size(), 1u);
  EXPECT_TRUE(Read.Events[0] == event());
}

TEST_F(SummaryFileTest, AnEventOfNothingMore) {
  Event Plain;
  Plain.Kind = ir::OpKind::Sleep;
  S().Events.push_back(Plain);
  Summary Read = reread();
  ASSERT_EQ(Read.Events.size(), 1u);
  EXPECT_TRUE(Read.Events[0] == Plain);
}

TEST_F(SummaryFileTest, EachFlagOfAnEventAlone) {
  for (bool Event::*Flag :
       {&Event::InTask, &Event::OnCopy, &Event::IsCertain, &Event::IsRepeated,
        &Event::CanPass, &Event::IsExposed}) {
    Event E;
    E.Kind = ir::OpKind::Lock;
    E.Obj = object("mu");
    E.*Flag = !(E.*Flag);
    S().Events = {E};
    Summary Read = reread();
    ASSERT_EQ(Read.Events.size(), 1u);
    EXPECT_TRUE(Read.Events[0] == E);
  }
}

TEST_F(SummaryFileTest, EveryFieldOfATask) {
  S().Tasks.push_back(task());
  Summary Read = reread();
  ASSERT_EQ(Read.Tasks.size(), 1u);
  EXPECT_TRUE(Read.Tasks[0] == task());
}

TEST_F(SummaryFileTest, EveryFieldOfAWayOut) {
  S().Tasks.push_back(task());
  S().Outcomes.emplace_back();
  auto &[Kind, Loc, Value, Deltas, Pending, Kept, Released, Waited, Live, Owed,
         Settled, Bindings, Guards, GuardUses, Requires, Leaves, IsCertain] =
      S().Outcomes[0];
  Kind = ExitKind::Throw;
  Loc = at(14);
  Value = ir::Operand::place(object("n"));
  Deltas = {{object("wg"), 2}};
  Pending = {{object("wg"), Balance::Many}, {object("n"), -3}};
  Kept = {held()};
  Released = {object("mu")};
  Waited = {object("wg")};
  LiveTask L;
  auto &[Index, IsMany, IsDetached, IsStored, Before] = L;
  Index = 0;
  IsMany = IsDetached = IsStored = true;
  Before = {{object("wg"), 1}};
  Live = {L};
  OwedCancel C;
  auto &[Context, Parent, Made, Via, IsTimed] = C;
  Context = object("ctx");
  Parent = object("n");
  Made = at(15);
  Via = {at(16), at(17)};
  IsTimed = true;
  Owed = {C};
  Settled = {object("ctx")};
  Bindings = {{object("n"), ir::Operand::place(object("wg"))}};
  GuardState G;
  auto &[Guard, Locks, How, Owns] = G;
  Guard = object("guard");
  Locks = {object("mu")};
  How = ir::Mode::Shared;
  Owns = true;
  Guards = {G};
  GuardUse Use;
  auto &[Used, Of] = Use;
  Used = ir::OpKind::GuardUnlock;
  Of = object("guard");
  GuardUses = {Use};
  Requires = {{object("n"), {Interval::Min, 4}}};
  Leaves = {{object("n"), {5, 5}}};
  IsCertain = true;

  Summary Read = reread();
  ASSERT_EQ(Read.Outcomes.size(), 1u);
  const Outcome &O = Read.Outcomes[0];
  EXPECT_EQ(O.Kind, Kind);
  EXPECT_TRUE(O.Loc == Loc);
  EXPECT_TRUE(O.Value.K == Value.K && O.Value.Obj == Value.Obj);
  EXPECT_TRUE(O.Deltas == Deltas);
  EXPECT_TRUE(O.Pending == Pending);
  EXPECT_TRUE(O.Kept == Kept);
  EXPECT_TRUE(O.Released == Released);
  EXPECT_TRUE(O.Waited == Waited);
  EXPECT_TRUE(O.Live == Live);
  EXPECT_TRUE(O.Owed == Owed);
  EXPECT_TRUE(O.Settled == Settled);
  ASSERT_EQ(O.Bindings.size(), 1u);
  EXPECT_TRUE(O.Bindings[0].first == object("n") &&
              O.Bindings[0].second.Obj == object("wg"));
  EXPECT_TRUE(O.Guards == Guards);
  EXPECT_TRUE(O.GuardUses == GuardUses);
  EXPECT_TRUE(O.Requires == Requires);
  EXPECT_TRUE(O.Leaves == Leaves);
  EXPECT_EQ(O.IsCertain, IsCertain);
}

TEST_F(SummaryFileTest, AnotherVersionIsRefused) {
  llvm::Expected<SummaryFile> Old = parse("summaries 1\n", "old");
  ASSERT_FALSE(bool(Old));
  EXPECT_EQ(llvm::toString(Old.takeError()),
            "old:1:11: these are summaries of version 1; this heddle reads 2");
}

} // namespace

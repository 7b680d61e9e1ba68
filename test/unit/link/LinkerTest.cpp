//===- LinkerTest.cpp -----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Linked.h"

using namespace heddle;
using namespace heddle::link;
using testing::ElementsAre;

namespace {

constexpr char CallsWork[] = R"(
func @main() main {
  call @work()
  return
}
declare @work()
)";
constexpr char HasWork[] = R"(
func @work() {
  yield
  return
}
)";

TEST(LinkerTest, ADefinitionWinsOverDeclarations) {
  ir::Unit U = program({{"main.cpp", CallsWork}, {"work.cpp", HasWork}});
  ASSERT_EQ(U.Functions.size(), 2u);
  EXPECT_TRUE(function(U, "work")->hasBody());
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("work"));
  EXPECT_EQ(U.MainFile, "main.cpp");
  EXPECT_EQ(U.Linked, 2u);
  EXPECT_THAT(U.Files, ElementsAre("main.cpp", "work.cpp"));
  EXPECT_EQ(U.file(function(U, "work")->Loc.File), "work.cpp");
}

TEST(LinkerTest, AMissingUnitLeavesADeclaration) {
  ir::Unit U = program({{"main.cpp", CallsWork}});
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("work-"));
}

/// A unit that includes in.h, which defines @twice with a lambda and a static.
std::string includes(const char *File, const char *Header, const char *More) {
  return std::string("skeleton 1\nunit \"") + File + "\"\nfile \"" + File +
         "\"\nfile \"" + Header + R"("
%s = static counter in @twice !1@2:3
%n = local value in @lambda !1@4:3
)" + More + R"(
func @twice() !1@1:5 {
b0:
  call @lambda() !1@3:1
  add %s, 1 !1@5:1
  return
}
func @lambda() lambda parent @twice !1@3:8 {
b0:
  set %n = 1 !1@4:5
  done %s !1@4:9
  return
}
)";
}

TEST(LinkerTest, InlineFunctionsAreKeptOnceWithAllThatIsTheirs) {
  std::string A = includes("a.cpp", "in.h", R"(
func @main() main !1:1 {
b0:
  call @twice() !1:2
  call @other() !1:3
  return
}
declare @other())");
  // The same header by another name.
  std::string B = includes("b.cpp", "x/../in.h", R"(
func @other() !1:1 {
b0:
  call @twice() !1:2
  return
}
%q = local value in @member !1@9:1
func @member() !1:9 {
b0:
  call @lambda() !1:10
  done %s !1:11
  return
})");
  ir::Unit U = program({{"a.cpp", A.c_str()}, {"b.cpp", B.c_str()}});
  std::vector<std::string> Usrs;
  for (const ir::Function &F : U.Functions)
    Usrs.push_back(F.Usr);
  EXPECT_THAT(Usrs, ElementsAre("main", "twice", "lambda", "other", "member"));
  EXPECT_EQ(U.Objects.size(), 2u) << ir::print(U);
  EXPECT_THAT(U.Files, testing::UnorderedElementsAre("a.cpp", "in.h", "b.cpp"));
  // What another body says of the lambda and the static of the one not kept.
  EXPECT_THAT(targetsOf(U, *function(U, "member")), ElementsAre("lambda"));
  EXPECT_EQ(function(U, "member")->Blocks[0].Ops[1].Obj,
            function(U, "lambda")->Blocks[0].Ops[1].Obj);
}

TEST(LinkerTest, ProgramsThatShareNothingStayApart) {
  const char *A = R"(
func @main() main {
  call @Work()
  return
}
func @Work() {
  return
})";
  const char *B = R"(
func @main() main {
  yield
  call @Work()
  return
}
func @Work() {
  yield
  return
})";
  std::vector<ir::Unit> P = linked({{"a.cpp", A}, {"b.cpp", B}});
  ASSERT_EQ(P.size(), 2u);
  EXPECT_EQ(P[0].MainFile, "a.cpp");
  EXPECT_EQ(function(P[0], "Work")->Blocks[0].Ops.size(), 0u);
  EXPECT_EQ(function(P[1], "Work")->Blocks[0].Ops.size(), 1u);
}

TEST(LinkerTest, OfOneNameTheOwnOneIsMeantFirst) {
  // One library, two programs that use it, each with a Work of its own.
  const char *A = R"(
func @main() main {
  call @Work()
  call @lib()
  return
}
func @Work() {
  return
}
declare @lib())";
  const char *B = R"(
func @main() main {
  yield
  call @Work()
  call @lib()
  return
}
func @Work() {
  yield
  return
}
declare @lib())";
  const char *Lib = R"(
func @lib() {
  call @Work()
  return
}
declare @Work())";
  ir::Unit U = program({{"a.cpp", A}, {"b.cpp", B}, {"lib.cpp", Lib}});
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("Work"));
  const ir::Function *Second = function(U, "main#2");
  ASSERT_TRUE(Second && Second->IsMain);
  const ir::Callable &C = Second->Blocks[0].Ops[1].Fn;
  EXPECT_EQ(U.function(C.Targets[0]).Usr, "Work#2");
  // Which one the library means is not known.
  EXPECT_THAT(targetsOf(U, *function(U, "lib")), ElementsAre("Work#3-"));
}

TEST(LinkerTest, NoMainIsPartOfAnothersProgram) {
  const char *B = R"(
func @main() main {
  yield
  return
}
func @work() {
  return
})";
  EXPECT_EQ(linked({{"a.cpp", CallsWork}, {"b.cpp", B}}).size(), 2u);
}

TEST(LinkerTest, InternalFunctionsAreNeverOne) {
  const char *A = R"(
func @f() {
  call @helper()
  call @g()
  return
}
declare @g()
func @helper() unit-local internal {
  return
})";
  const char *B = R"(
func @g() {
  call @helper()
  return
}
func @helper() unit-local internal {
  yield
  return
})";
  ir::Unit U = program({{"a.cpp", A}, {"b.cpp", B}});
  EXPECT_THAT(targetsOf(U, *function(U, "f")), ElementsAre("helper"));
  EXPECT_THAT(targetsOf(U, *function(U, "g")), ElementsAre("helper#2"));
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

constexpr char UsesGlobal[] = R"(
%wg = global counter external declared usr "wg"
%wg.mu = field lock of %wg
func @main() main {
  wait %wg
  lock %wg.mu
  call @work()
  return
}
declare @work())";
constexpr char HasGlobal[] = R"(
%wg = global counter external usr "wg"
%wg.mu = field lock of %wg
func @work() {
  done %wg
  lock %wg.mu
  return
})";

TEST(LinkerTest, AGlobalAndItsPartsAreOne) {
  ir::Unit U = program({{"main.cpp", UsesGlobal}, {"work.cpp", HasGlobal}});
  ASSERT_EQ(U.Objects.size(), 2u) << ir::print(U);
  EXPECT_FALSE(U.Objects[0].IsDeclared);
  // The program is whole: nobody else can name it.
  EXPECT_FALSE(U.Objects[0].IsExternal);
  EXPECT_TRUE(function(U, "work")->IsInternal);
  EXPECT_FALSE(function(U, "main")->IsInternal);
}

TEST(LinkerTest, WhatIsNotWholeStaysOpen) {
  ir::Unit U = program({{"main.cpp", UsesGlobal}, {"work.cpp", HasGlobal}},
                       /*AnyUnreadable=*/true);
  EXPECT_TRUE(U.Objects[0].IsExternal);
  EXPECT_FALSE(function(U, "work")->IsInternal);
  U = program({{"main.cpp", UsesGlobal}});
  EXPECT_TRUE(U.Objects[0].IsExternal);
}

TEST(LinkerTest, GlobalsOfTwoProgramsAreTwo) {
  const char *A = R"(
%g = global counter external usr "g"
func @main() main {
  wait %g
  call @lib()
  return
}
declare @lib())";
  const char *B = R"(
%g = global counter external usr "g"
func @main() main {
  done %g
  call @lib()
  return
}
declare @lib())";
  const char *Lib = R"(
%g = global counter external declared usr "g"
func @lib() {
  wait %g
  return
})";
  ir::Unit U = program({{"a.cpp", A}, {"b.cpp", B}, {"lib.cpp", Lib}});
  EXPECT_EQ(U.Objects.size(), 3u) << ir::print(U);
}

TEST(LinkerTest, UnnamedGlobalsOfTwoUnitsAreTwo) {
  const char *A = R"(
%g = global counter
func @main() main {
  wait %g
  call @work()
  return
}
declare @work())";
  const char *B = R"(
%g = global counter
func @work() {
  wait %g
  return
})";
  EXPECT_EQ(program({{"a.cpp", A}, {"b.cpp", B}}).Objects.size(), 2u);
}

//===----------------------------------------------------------------------===//
// Virtual calls
//===----------------------------------------------------------------------===//

constexpr char CallsVirtual[] = R"(
declare @Base::run()
func @main(%p: alias) main {
  call {}?[virtual @Base::run, this %p]"Base::run"()
  call @make()
  return
}
declare @make())";
constexpr char Overrides[] = R"(
declare @Base::run()
func @Derived::run() overrides @Base::run {
  return
}
func @make() {
  return
})";

TEST(LinkerTest, AWholeProgramKnowsEveryOverride) {
  ir::Unit U =
      program({{"main.cpp", CallsVirtual}, {"derived.cpp", Overrides}});
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("Derived::run"));
  // A unit that nothing is known of may have others.
  U = program({{"main.cpp", CallsVirtual}, {"derived.cpp", Overrides}},
              /*AnyUnreadable=*/true);
  EXPECT_THAT(targetsOf(U, *function(U, "main")),
              ElementsAre("Derived::run", "?"));
  U = program({{"main.cpp", CallsVirtual}});
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("?"));
}

TEST(LinkerTest, OverridesOfAnotherProgramDoNotCount) {
  const char *Other = R"(
declare @Base::run()
declare @make()
func @Mock::run() overrides @Base::run {
  return
}
func @main() main {
  yield
  call @make()
  return
})";
  ir::Unit U = program({{"main.cpp", CallsVirtual},
                        {"derived.cpp", Overrides},
                        {"test.cpp", Other}});
  EXPECT_THAT(targetsOf(U, *function(U, "main")), ElementsAre("?"));
}

} // namespace

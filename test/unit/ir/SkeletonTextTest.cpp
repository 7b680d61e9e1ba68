// print and parse: what is written by hand, and that nothing is lost. Malformed
// texts have a file each in test/ir/.
#include "ir/SkeletonText.h"
#include "ir/Verify.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::ir;

namespace {

Unit parsed(llvm::StringRef Text) {
  llvm::Expected<Unit> U = parse(Text, "t.skel");
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError()) << "\n" << Text.str();
    return {};
  }
  return std::move(*U);
}

/// Text that prints as itself loses nothing that print shows; the tests below
/// see to it that print shows every field.
void roundTrip(const Unit &U) {
  EXPECT_THAT(verify(U), testing::IsEmpty());
  std::string Text = print(U);
  EXPECT_EQ(print(parsed(Text)), Text);
}

TEST(SkeletonTextTest, HandWrittenProgram) {
  Unit U = parsed(R"(
; A comment.
%wg = global counter
func @main() main {
  %n = local value const   ; seen here alone
  add %wg, 2
  spawn @work(%wg, %n + 1)
  br %n == 0, go.on, out
go.on:
  wait %wg
  return
out:
  exit
}
func @work(%wg: counter alias, %k: value) noexcept {
only:
  deferred done %wg
  return 1
}
)");
  ASSERT_EQ(U.Objects.size(), 4u);
  EXPECT_EQ(U.Objects[1].Owner, FuncId(0));
  EXPECT_EQ(U.Objects[2].Kind, ObjectKind::Param);
  EXPECT_TRUE(U.Objects[2].IsAlias);
  ASSERT_EQ(U.Functions.size(), 2u);
  const Function &Main = U.Functions[0];
  ASSERT_EQ(Main.Blocks.size(), 3u);
  const Op &Spawn = Main.Blocks[0].Ops[1];
  EXPECT_EQ(Spawn.Fn.Targets, std::vector<FuncId>{FuncId(1)});
  EXPECT_EQ(Spawn.Fn.Name, "work");
  EXPECT_EQ(Spawn.Args[0].K, Operand::Kind::Place);
  EXPECT_EQ(Spawn.Args[1].K, Operand::Kind::Value);
  // It locates itself.
  EXPECT_EQ(Spawn.Loc, (SourceSpan{FileId(0), 7, 3, 7, 27}));
  EXPECT_EQ(U.Files, std::vector<std::string>{"t.skel"});
  EXPECT_EQ(Main.End.Line, 14u);
  // A name of the function's own hides the unit's.
  EXPECT_EQ(U.Functions[1].Blocks[0].Ops[0].Obj, ObjId(2));
  EXPECT_TRUE(U.Functions[1].Blocks[0].Ops[0].Deferred);
  roundTrip(U);
}

TEST(SkeletonTextTest, ALambdaSeesItsParentsNames) {
  Unit U = parsed(R"(
func @main() {
  %mu = local lock
  call @main::lambda()
  return
}
func @main::lambda() lambda parent @main {
  lock %mu
  return
})");
  EXPECT_EQ(U.Functions[1].Blocks[0].Ops[0].Obj, ObjId(0));
  roundTrip(U);
}

TEST(SkeletonTextTest, EveryOpByItsMnemonic){
#define OP(Name, Mnemonic, Meaning, Example)                                   \
  {                                                                            \
    Unit U =                                                                   \
        parsed("%a = global\n%b = global\ndeclare @g()\n"                      \
               "func @f() {\n" Mnemonic " %a @g(1) with %b -> %b\nreturn\n}"); \
    ASSERT_EQ(U.Functions.size(), 2u);                                         \
    EXPECT_EQ(U.Functions[1].Blocks[0].Ops[0].Kind, OpKind::Name);             \
    EXPECT_STREQ(mnemonic(OpKind::Name), Mnemonic);                            \
    roundTrip(U);                                                              \
  }
#include "ir/Ops.def"
}

TEST(SkeletonTextTest, EveryKindOfOperandAndCallable) {
  Unit U = parsed(R"(skeleton 1
unit "a b.cpp"
file "a b.cpp"
file "q\22\5C\0A.h"
%p = global callable named "odd name" !1@3:4-5:6
%n = global value atomic thread-local external !7:8
%s = global other recursive joins-at-end const alias
%s.m = field lock of %s
%s[] = element of %s
%s#2 = local in @f named "s"
declare @g() named "ns::g<int>" usr "c:@N@ns" !1:1
func @f() main test noexcept internal destructor constructor this %this !2:3 end !9:1 {
b0:
  call @g(_, %n, (%n), 3, -9223372036854775808, ?, !%n, (%n - -1), ((1 < 2) && !(3)))
  call @g?[this %s, 1, %n]"G"(@g, {}?, {@f | @g}*%p, *%p) !1:2
  spawn thread %s {@f | @g}() with %n -> %n unwind b1 !1@1:2-3:4
  guard-make try %s, %s.m, %s[]
  set %n = (%n + 1)
  bind %p = @g[%n]
  deferred make nil %s
  recv timed %s
  switch %n, 1: b1, -2: b0, b1
b1:
  select [
    recv %s -> %n: b2 !4:4
    send %s: b3
    timeout: b3
    default: b4
  ] !5:5
b2:
  choose b0, b1
b3:
  throw b2
b4:
  br ((%n == 1) || ?), b5, b6
b5:
  resume
b6:
  return @g
b7:
  exit
b8:
  unreachable
b9:
  throw
b10:
  jump b0
}
%this = this in @f
)");
  roundTrip(U);
  const std::vector<Op> &Ops = U.Functions[1].Blocks[0].Ops;
  ASSERT_EQ(Ops.size(), 8u);
  EXPECT_EQ(Ops[0].Args[4].Value->Value, INT64_MIN);
  EXPECT_TRUE(Ops[1].Fn.Open);
  EXPECT_EQ(Ops[1].Fn.Name, "G");
  EXPECT_EQ(Ops[1].Fn.Bound.size(), 2u);
  EXPECT_EQ(Ops[1].Args[0].Fn->Name, "ns::g<int>");
  EXPECT_EQ(Ops[2].How, Mode::Thread);
  EXPECT_EQ(Ops[2].Loc, (SourceSpan{FileId(1), 1, 2, 3, 4}));
  EXPECT_EQ(Ops[3].Guard, GuardMode::Try);
  EXPECT_EQ(U.Files[1], "q\"\\\n.h");
  EXPECT_EQ(U.Objects[5].Name, "s");
  EXPECT_EQ(U.Functions[1].Blocks[1].Term.Cases.size(), 4u);
}

TEST(SkeletonTextTest, OddNames) {
  Unit U;
  U.MainFile = "m.cpp";
  for (const char *Name : {"", "", "operator()", "a#2", "a", "a", "ä", "x y"}) {
    Object O;
    O.Kind = ObjectKind::Global;
    O.Name = Name;
    U.Objects.push_back(O);
    Function F;
    F.Name = Name;
    F.Usr = "usr" + std::to_string(U.Functions.size());
    U.Functions.push_back(F);
  }
  roundTrip(U);
  Unit Again = parsed(print(U));
  for (size_t I = 0; I < U.Objects.size(); ++I) {
    EXPECT_EQ(Again.Objects[I].Name, U.Objects[I].Name);
    EXPECT_EQ(Again.Functions[I].Name, U.Functions[I].Name);
  }
}

TEST(SkeletonTextTest, PrecedenceOfOperators) {
  Unit U = parsed("%n = global value\nfunc @f() {\n"
                  "set %n = 1 + %n - 2 < 3 && !%n || 4 == %n\nreturn\n}");
  EXPECT_EQ(print(U, U.Functions[0].Blocks[0].Ops[0].Args[0].Value),
            "(((((1 + %n) - 2) < 3) && !%n) || (4 == %n))");
}

} // namespace

// What the text form cannot say is broken here by hand, one invariant a test.
#include "ir/Verify.h"
#include "ir/SkeletonText.h"
#include "llvm/Support/Error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::ir;

namespace {

Unit sound() {
  return llvm::cantFail(parse("%a = global value\n%a.m = field of %a\n"
                              "func @f(%p: value) {\n"
                              "lock %a.m\nset %a = %a + 1\nreturn\n}",
                              "t.skel"));
}

std::vector<std::string> complaints(const Unit &U) {
  std::vector<std::string> Texts;
  for (const Complaint &C : verify(U))
    Texts.push_back(C.str(U));
  return Texts;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(VerifyTest, Sound) { EXPECT_THAT(complaints(sound()), IsEmpty()); }

TEST(VerifyTest, ObjectOutOfRange) {
  Unit U = sound();
  U.Functions[0].Blocks[0].Ops[0].Obj = ObjId(99);
  EXPECT_THAT(
      complaints(U),
      ElementsAre("@f, block 0, op 0 (lock): the object is out of range"));
}

TEST(VerifyTest, UnwindTargetOutOfRange) {
  Unit U = sound();
  U.Functions[0].Blocks[0].Ops[0].Unwind = BlockId(7);
  EXPECT_THAT(
      complaints(U),
      ElementsAre("@f, block 0, op 0 (lock): the unwind target is not a "
                  "block of this function"));
}

TEST(VerifyTest, TerminatorArity) {
  Unit U = sound();
  U.Functions[0].Blocks[0].Term.K = Terminator::Kind::Jump;
  EXPECT_THAT(
      complaints(U),
      ElementsAre("@f, block 0, jump: has the wrong number of successors (0)"));
}

TEST(VerifyTest, HalfASpan) {
  Unit U = sound();
  U.Functions[0].Blocks[0].Ops[0].Loc = {FileId(0), 0, 3, 0, 0};
  U.Functions[0].Blocks[0].Ops[1].Loc = {FileId(3), 1, 1, 0, 0};
  EXPECT_THAT(
      complaints(U),
      ElementsAre("@f, block 0, op 0 (lock): the span has a file but no line",
                  "@f, block 0, op 1 (set): the span's file is out of range"));
}

TEST(VerifyTest, CircleOfBases) {
  Unit U = sound();
  U.Objects[1].Base = ObjId(1);
  EXPECT_THAT(complaints(U), ElementsAre("%m: the place is a part of itself"));
}

TEST(VerifyTest, PartTwice) {
  Unit U = sound();
  U.Objects.push_back(U.Objects[1]);
  EXPECT_THAT(complaints(U),
              ElementsAre("%m: the same part of the same base occurs twice"));
}

TEST(VerifyTest, UsrTwice) {
  Unit U = sound();
  Function F;
  F.Usr = U.Functions[0].Usr;
  F.Name = "g";
  U.Functions.push_back(F);
  EXPECT_THAT(complaints(U),
              ElementsAre("@g: another function has the USR 'f'"));
}

TEST(VerifyTest, ForeignParameter) {
  Unit U = sound();
  U.Functions[0].Params[0] = ObjId(0);
  EXPECT_THAT(complaints(U),
              ElementsAre("@f: 'a' is not a parameter that it owns"));
}

TEST(VerifyTest, OperandWithAStrangeMember) {
  Unit U = sound();
  U.Functions[0].Blocks[0].Ops[1].Args[0].Obj = ObjId(0);
  EXPECT_THAT(
      complaints(U),
      ElementsAre("@f, block 0, op 1 (set): an operand fills members that "
                  "its kind does not have"));
}

} // namespace

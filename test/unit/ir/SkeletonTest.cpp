#include "ir/Skeleton.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::ir;

namespace {

ObjId addVariable(Unit &U, ObjectKind Kind, const char *Name) {
  Object O;
  O.Kind = Kind;
  O.Name = Name;
  U.Objects.push_back(O);
  return ObjId(uint32_t(U.Objects.size() - 1));
}

TEST(SkeletonTest, PartsAreInterned) {
  Unit U;
  ObjId P = addVariable(U, ObjectKind::Local, "p");
  ObjId Mu = U.part(P, ObjectKind::Field, "mu", TypeClass::Lock);
  EXPECT_EQ(U.part(P, ObjectKind::Field, "mu", TypeClass::Lock), Mu);
  EXPECT_NE(U.part(P, ObjectKind::Field, "nu", TypeClass::Lock), Mu);
  EXPECT_NE(U.part(P, ObjectKind::Element, "", TypeClass::Lock), Mu);
  EXPECT_EQ(U.object(Mu).Base, P);
}

TEST(SkeletonTest, PartsThatWereAddedByHandAreFound) {
  Unit U;
  ObjId P = addVariable(U, ObjectKind::Local, "p");
  ObjId First = U.part(P, ObjectKind::Field, "a", TypeClass::Other);
  ObjId B = addVariable(U, ObjectKind::Field, "b");
  U.Objects[B.index()].Base = P;
  EXPECT_EQ(U.part(P, ObjectKind::Field, "b", TypeClass::Other), B);
  EXPECT_EQ(U.part(P, ObjectKind::Field, "a", TypeClass::Other), First);
}

TEST(SkeletonTest, ACopyOfAUnitInternsOnItsOwn) {
  Unit U;
  ObjId P = addVariable(U, ObjectKind::Local, "p");
  Unit Copy = U;
  ObjId A = U.part(P, ObjectKind::Field, "a", TypeClass::Other);
  ObjId B = Copy.part(P, ObjectKind::Field, "b", TypeClass::Other);
  EXPECT_EQ(A, B);
  EXPECT_EQ(Copy.object(B).Name, "b");
}

TEST(SkeletonTest, DescribesPlacesAsTheUserWouldWriteThem) {
  Unit U;
  ObjId P = addVariable(U, ObjectKind::Param, "p");
  ObjId A = U.part(P, ObjectKind::Field, "a", TypeClass::Other);
  ObjId Mu = U.part(A, ObjectKind::Field, "mu", TypeClass::Lock);
  EXPECT_EQ(U.describe(P), "p");
  EXPECT_EQ(U.describe(Mu), "p.a.mu");
  EXPECT_EQ(U.root(Mu), P);
  EXPECT_FALSE(U.isSummarised(Mu));

  ObjId This = addVariable(U, ObjectKind::This, "");
  EXPECT_EQ(U.describe(U.part(This, ObjectKind::Field, "mu", TypeClass::Lock)),
            "mu");
  ObjId Any = U.part(P, ObjectKind::Element, "", TypeClass::Other);
  ObjId InAny = U.part(Any, ObjectKind::Field, "mu", TypeClass::Lock);
  EXPECT_EQ(U.describe(InAny), "p[].mu");
  EXPECT_TRUE(U.isSummarised(InAny));
}

TEST(SkeletonTest, ShapeOfExpressions) {
  ExprRef N = Expr::var(ObjId(3));
  EXPECT_TRUE(sameShape(nullptr, nullptr));
  EXPECT_FALSE(sameShape(N, nullptr));
  EXPECT_TRUE(sameShape(
      Expr::binary(ExprKind::Plus, N, Expr::integer(1)),
      Expr::binary(ExprKind::Plus, Expr::var(ObjId(3)), Expr::integer(1))));
  EXPECT_FALSE(sameShape(N, Expr::var(ObjId(4))));
  EXPECT_FALSE(sameShape(Expr::unary(ExprKind::Not, N), N));
}

} // namespace

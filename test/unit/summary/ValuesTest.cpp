//===- ValuesTest.cpp -----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "summary/Values.h"
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <random>

using namespace heddle;
using namespace heddle::summary;
using ir::Expr;
using ir::ExprKind;
using ir::ExprRef;

namespace {

const ObjId N(0), M(1), Flag(2);

ExprRef var(ObjId O) { return Expr::var(O); }
ExprRef num(int64_t V) { return Expr::integer(V); }
ExprRef op(ExprKind K, ExprRef L, ExprRef R) { return Expr::binary(K, L, R); }
ExprRef isNot(ExprRef E) { return Expr::unary(ExprKind::Not, E); }

TEST(Values, NothingIsKnownAtFirst) {
  Values V;
  EXPECT_TRUE(V.get(N).isUnknown());
  EXPECT_EQ(V.truth(var(N)), std::nullopt);
  EXPECT_EQ(V.truth(Expr::unknown()), std::nullopt);
  EXPECT_EQ(V.truth(nullptr), std::nullopt);
}

TEST(Values, ConstantsDecide) {
  Values V;
  V.set(N, Interval::exactly(3));
  EXPECT_EQ(V.truth(op(ExprKind::Lt, var(N), num(4))), true);
  EXPECT_EQ(V.truth(op(ExprKind::Ge, var(N), num(4))), false);
  EXPECT_EQ(V.truth(op(ExprKind::Ne, var(N), num(3))), false);
  EXPECT_EQ(V.truth(var(N)), true);
  EXPECT_EQ(V.eval(op(ExprKind::Minus, var(N), num(5))), Interval::exactly(-2));
}

TEST(Values, AndOrAreThreeValued) {
  Values V;
  V.set(N, Interval::exactly(0));
  EXPECT_EQ(V.truth(op(ExprKind::And, var(N), Expr::unknown())), false);
  EXPECT_EQ(V.truth(op(ExprKind::Or, var(N), Expr::unknown())), std::nullopt);
  EXPECT_EQ(V.truth(op(ExprKind::Or, isNot(var(N)), Expr::unknown())), true);
}

TEST(Values, AssumeNarrowsThroughNotAndOr) {
  Values V;
  // !(n < 0 || n >= 10)
  auto Outside = op(ExprKind::Or, op(ExprKind::Lt, var(N), num(0)),
                    op(ExprKind::Ge, var(N), num(10)));
  ASSERT_TRUE(V.assume(isNot(Outside), true));
  EXPECT_EQ(V.get(N), (Interval{0, 9}));
  EXPECT_FALSE(V.assume(op(ExprKind::Eq, var(N), num(10)), true));
}

TEST(Values, ADisjunctionIsResolvedWhenOneSideFalls) {
  Values V;
  V.set(M, Interval::exactly(0));
  ASSERT_TRUE(V.assume(op(ExprKind::Or, var(M), var(N)), true));
  EXPECT_EQ(V.truth(var(N)), true);
}

TEST(Values, TruthOfAPlaceIsRemembered) {
  Values V;
  ASSERT_TRUE(V.assume(var(Flag), true));
  EXPECT_EQ(V.truth(var(Flag)), true);
  EXPECT_EQ(V.truth(op(ExprKind::Eq, var(Flag), num(0))), false);
  EXPECT_FALSE(V.assume(isNot(var(Flag)), true));
  V.set(Flag, {});
  EXPECT_EQ(V.truth(var(Flag)), std::nullopt);
}

TEST(Values, RelationsOfTwoUnknownsAreRemembered) {
  Values V;
  ASSERT_TRUE(V.assume(op(ExprKind::Gt, var(N), var(M)), true));
  EXPECT_EQ(V.truth(op(ExprKind::Gt, var(N), var(M))), true);
  EXPECT_EQ(V.truth(op(ExprKind::Lt, var(M), var(N))), true);
  EXPECT_EQ(V.truth(op(ExprKind::Le, var(N), var(M))), false);
  EXPECT_EQ(V.truth(op(ExprKind::Eq, var(N), var(M))), false);
  EXPECT_EQ(V.truth(op(ExprKind::Lt, var(N), var(M))), false);
  V.set(M, {});
  EXPECT_EQ(V.truth(op(ExprKind::Gt, var(N), var(M))), std::nullopt);
}

TEST(Values, UnknownIsNeverRemembered) {
  Values V;
  auto Cond = op(ExprKind::Lt, var(N), Expr::unknown());
  ASSERT_TRUE(V.assume(Cond, true));
  EXPECT_EQ(V.truth(Cond), std::nullopt);
  EXPECT_TRUE(V == Values());
}

TEST(Values, DisequalityTrimsLater) {
  Values V;
  ASSERT_TRUE(V.assume(op(ExprKind::Ne, var(N), num(0)), true));
  ASSERT_TRUE(V.assume(op(ExprKind::Ge, var(N), num(0)), true));
  EXPECT_EQ(V.get(N).Lo, 1);
  EXPECT_FALSE(V.assume(op(ExprKind::Le, var(N), num(0)), true));
}

TEST(Values, EqualityCarriesOver) {
  Values V;
  V.set(M, Interval::exactly(7));
  ASSERT_TRUE(V.assume(op(ExprKind::Eq, var(N), var(M)), true));
  EXPECT_EQ(V.get(N), Interval::exactly(7));
}

TEST(Values, SumsAreNarrowed) {
  Values V; // n + 1 < 5
  ASSERT_TRUE(V.assume(
      op(ExprKind::Lt, op(ExprKind::Plus, var(N), num(1)), num(5)), true));
  EXPECT_EQ(V.get(N).Hi, 3);
}

TEST(Values, CountingEnds) {
  Values V;
  V.set(N, Interval::exactly(0));
  std::vector<Values> Seen;
  while (std::find(Seen.begin(), Seen.end(), V) == Seen.end()) {
    Seen.push_back(V);
    ASSERT_LE(Seen.size(), 100u);
    V.setWidening(N, V.eval(op(ExprKind::Plus, var(N), num(1))));
  }
  EXPECT_GE(Seen.size(), size_t(Values::WidenAt));
  EXPECT_EQ(V.truth(op(ExprKind::Gt, var(N), num(Values::WidenAt))), true);
  EXPECT_EQ(V.truth(op(ExprKind::Lt, var(N), num(1000))), std::nullopt);
}

TEST(Values, NoBoundIsNotANumber) {
  Values V;
  V.set(N, {0, Interval::Max});
  EXPECT_EQ(V.eval(op(ExprKind::Plus, var(N), num(1))),
            (Interval{1, Interval::Max}));
  EXPECT_EQ(V.eval(op(ExprKind::Minus, num(0), var(N))),
            (Interval{Interval::Min, 0}));
  EXPECT_EQ(V.truth(op(ExprKind::Le, var(N), num(Interval::Max))),
            std::nullopt);
}

TEST(Values, HavocTakesThePartsToo) {
  ir::Unit U;
  U.Objects.resize(2);
  U.Objects[1].Kind = ir::ObjectKind::Field;
  U.Objects[1].Base = ObjId(0);
  Values V;
  V.set(ObjId(0), Interval::exactly(1));
  V.set(ObjId(1), Interval::exactly(2));
  V.havoc(U, ObjId(0));
  EXPECT_TRUE(V == Values());
}

TEST(Values, EqualityDoesNotDependOnTheOrder) {
  auto A = op(ExprKind::Lt, var(N), var(M)), B = var(Flag);
  Values V, W;
  ASSERT_TRUE(V.assume(A, true) && V.assume(B, true));
  ASSERT_TRUE(W.assume(B, true) && W.assume(A, true));
  EXPECT_TRUE(V == W);
  EXPECT_EQ(V.hash(), W.hash());
}

/// Whatever is assumed of a real assignment, nothing true of it is denied.
TEST(Values, NeverContradictsAnAssignment) {
  std::mt19937 Rng(1);
  auto Pick = [&](int Count) { return int(Rng() % unsigned(Count)); };
  for (int Round = 0; Round < 3000; ++Round) {
    int64_t Real[3] = {Pick(7) - 3, Pick(7) - 3, Pick(2)};
    std::function<ExprRef(int)> Term = [&](int Depth) -> ExprRef {
      int K = Pick(Depth ? 4 : 2);
      if (K == 0)
        return num(Pick(7) - 3);
      if (K == 1)
        return var(ObjId(Pick(3)));
      return op(K == 2 ? ExprKind::Plus : ExprKind::Minus, Term(Depth - 1),
                Term(Depth - 1));
    };
    std::function<ExprRef(int)> Cond = [&](int Depth) -> ExprRef {
      int K = Pick(Depth ? 10 : 7);
      if (K == 6)
        return var(ObjId(Pick(3)));
      if (K < 6)
        return op(ExprKind(int(ExprKind::Eq) + K), Term(1), Term(1));
      if (K == 7)
        return isNot(Cond(Depth - 1));
      return op(K == 8 ? ExprKind::And : ExprKind::Or, Cond(Depth - 1),
                Cond(Depth - 1));
    };
    Values Truth;
    for (int I = 0; I < 3; ++I)
      Truth.set(ObjId(I), Interval::exactly(Real[I]));
    Values V;
    for (int I = 0; I < 6; ++I) {
      ExprRef C = Cond(2);
      bool Is = *Truth.truth(C);
      if (auto T = V.truth(C)) {
        EXPECT_EQ(*T, Is);
      }
      ASSERT_TRUE(V.assume(C, Is));
      for (int O = 0; O < 3; ++O) {
        EXPECT_LE(V.get(ObjId(O)).Lo, Real[O]);
        EXPECT_GE(V.get(ObjId(O)).Hi, Real[O]);
      }
    }
  }
}

} // namespace

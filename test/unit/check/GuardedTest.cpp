#include "Guarded.h"
#include "gtest/gtest.h"
#include <cstdlib>

using heddle::check::runGuarded;

namespace {

// Never zero, which the compiler does not know.
volatile int One = 1;

int endless(int N) {
  volatile char Frame[256] = {};
  return One != 0 ? endless(N + 1) + Frame[N % 256] : N;
}

int deep(int N) {
  volatile char Frame[1024] = {};
  return N == 0 ? Frame[0] : deep(N - 1) + Frame[N % 1024] + 1;
}

TEST(GuardedTest, WorkIsDone) {
  int Done = 0;
  EXPECT_TRUE(runGuarded([&] { ++Done; }));
  EXPECT_EQ(Done, 1);
}

TEST(GuardedTest, CrashesAreSurvived) {
  for (int Round = 0; Round < 3; ++Round) {
    EXPECT_FALSE(
        runGuarded([] { *reinterpret_cast<volatile int *>(One) = 1; }));
    EXPECT_FALSE(runGuarded([] { std::abort(); }));
    EXPECT_FALSE(runGuarded([] { __builtin_trap(); }));
    bool Done = false;
    EXPECT_TRUE(runGuarded([&] { Done = true; }));
    EXPECT_TRUE(Done);
  }
}

TEST(GuardedTest, StackIsLargeButNotEndless) {
  int Depth = 0;
  EXPECT_TRUE(runGuarded([&] { Depth = deep(20000); }));
  EXPECT_EQ(Depth, 20000);
  EXPECT_FALSE(runGuarded([&] { Depth = endless(0); }));
  EXPECT_FALSE(runGuarded([&] { Depth = endless(0); }));
}

} // namespace

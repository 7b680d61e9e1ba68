#include "engine/Checks.h"
#include "gtest/gtest.h"

using heddle::engine::Checks;

namespace {

TEST(ChecksTest, NothingIsOnInAnEmptyList) {
  EXPECT_FALSE(Checks("").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks(" , ,").contains("heddle-double-lock"));
}

TEST(ChecksTest, AStarIsAnyText) {
  EXPECT_TRUE(Checks("*").contains("heddle-double-lock"));
  EXPECT_TRUE(Checks("heddle-*").contains("heddle-double-lock"));
  EXPECT_TRUE(Checks("*lock").contains("heddle-double-lock"));
  EXPECT_TRUE(Checks("heddle-*-lock").contains("heddle-double-lock"));
  EXPECT_TRUE(Checks("h*d*b*k").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks("heddle-*-unlock").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks("heddle-d*d*k*k").contains("heddle-double-lock"));
}

TEST(ChecksTest, WithoutAStarTheWholeNameIsMeant) {
  EXPECT_TRUE(Checks("heddle-double-lock").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks("heddle-double").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks("double-lock").contains("heddle-double-lock"));
  EXPECT_FALSE(Checks("heddle.double.lock").contains("heddle-double-lock"));
}

TEST(ChecksTest, TheLastThatMatchesDecides) {
  Checks On("*,-heddle-double-*,heddle-double-close");
  EXPECT_TRUE(On.contains("heddle-double-close"));
  EXPECT_FALSE(On.contains("heddle-double-lock"));
  EXPECT_TRUE(On.contains("heddle-missing-wait"));
  EXPECT_FALSE(Checks("heddle-double-lock,-*").contains("heddle-double-lock"));
}

TEST(ChecksTest, BlanksAndLineEndsSeparate) {
  Checks On("-*,\n  heddle-double-lock ,\n- heddle-missing-wait\nheddle-a");
  EXPECT_TRUE(On.contains("heddle-double-lock"));
  EXPECT_TRUE(On.contains("heddle-a"));
  EXPECT_FALSE(On.contains("heddle-missing-wait"));
}

} // namespace

// clang-tidy's semantics; each test says which part of them.
#include "engine/Nolint.h"
#include "gtest/gtest.h"

using heddle::engine::NolintFile;

namespace {

constexpr llvm::StringLiteral Check = "heddle-double-lock";

/// Whether a finding at the first '@' of Text is silenced.
bool silenced(llvm::StringRef Text) {
  size_t At = Text.find('@');
  unsigned Line = 1 + unsigned(Text.take_front(At).count('\n'));
  return NolintFile(Text).silences(Check, At, Line);
}

TEST(NolintTest, OnTheLine) {
  EXPECT_TRUE(silenced("@ // NOLINT"));
  EXPECT_TRUE(silenced("@ /* NOLINT */ x;"));
  EXPECT_TRUE(silenced("// NOLINT\\\n@ // NOLINT: because"));
  EXPECT_FALSE(silenced("// NOLINT\n@"));
  EXPECT_FALSE(silenced("@\n// NOLINT"));
}

TEST(NolintTest, NamedChecks) {
  EXPECT_TRUE(silenced("@ // NOLINT(heddle-double-lock)"));
  EXPECT_TRUE(silenced("@ // NOLINT(a, heddle-double-lock , b)"));
  EXPECT_TRUE(silenced("@ // NOLINT(heddle-*)"));
  EXPECT_TRUE(silenced("@ // NOLINT(*)"));
  EXPECT_FALSE(silenced("@ // NOLINT(heddle-missing-wait)"));
  EXPECT_FALSE(silenced("@ // NOLINT(double-lock)"));
  EXPECT_FALSE(silenced("@ // NOLINT(*,-heddle-double-lock)"));
}

TEST(NolintTest, EmptyBracketsNameNothing) {
  EXPECT_FALSE(silenced("@ // NOLINT()"));
}

TEST(NolintTest, BracketsMustCloseOnTheLine) {
  EXPECT_TRUE(silenced("@ // NOLINT(heddle-missing-wait\n)"));
  // And must touch the word: here they are a remark.
  EXPECT_TRUE(silenced("@ // NOLINT (heddle-missing-wait)"));
}

TEST(NolintTest, OtherWordsAreNoDirective) {
  EXPECT_FALSE(silenced("@ // NOLINTER"));
  EXPECT_FALSE(silenced("@ // nolint"));
  EXPECT_FALSE(silenced("@ // NOLINTNEXTLINE"));
  // It need not stand alone.
  EXPECT_TRUE(silenced("@ // XNOLINT"));
  EXPECT_TRUE(silenced("@ auto s = \"NOLINT\";"));
}

TEST(NolintTest, NextLine) {
  EXPECT_TRUE(silenced("// NOLINTNEXTLINE\n@"));
  EXPECT_TRUE(silenced("// NOLINTNEXTLINE(heddle-double-lock)\r\n@"));
  EXPECT_FALSE(silenced("// NOLINTNEXTLINE(other)\n@"));
  EXPECT_FALSE(silenced("// NOLINTNEXTLINE\n\n@"));
}

TEST(NolintTest, Block) {
  EXPECT_TRUE(silenced("// NOLINTBEGIN\n@\n// NOLINTEND"));
  EXPECT_TRUE(silenced("/*NOLINTBEGIN*/ @ /*NOLINTEND*/"));
  EXPECT_FALSE(silenced("@ // NOLINTBEGIN\n// NOLINTEND"));
  EXPECT_FALSE(silenced("// NOLINTBEGIN\n// NOLINTEND\n@"));
}

TEST(NolintTest, TheListsOfABlockMustBeTheSame) {
  EXPECT_TRUE(
      silenced("// NOLINTBEGIN(a,heddle-*)\n@\n// NOLINTEND(a, heddle-*)"));
  EXPECT_FALSE(silenced("// NOLINTBEGIN(heddle-*)\n@\n// NOLINTEND"));
  EXPECT_FALSE(silenced("// NOLINTBEGIN\n@\n// NOLINTEND(heddle-*)"));
  EXPECT_FALSE(silenced("// NOLINTBEGIN(*)\n@\n// NOLINTEND"));
  EXPECT_FALSE(silenced("// NOLINTBEGIN(other)\n@\n// NOLINTEND(other)"));
}

TEST(NolintTest, BlocksNest) {
  EXPECT_TRUE(silenced("// NOLINTBEGIN(heddle-*)\n// NOLINTBEGIN(a)\n@\n"
                       "// NOLINTEND(a)\n// NOLINTEND(heddle-*)"));
  // Closed in the wrong order: the inner one is, the outer one is not.
  EXPECT_FALSE(silenced("// NOLINTBEGIN(heddle-*)\n// NOLINTBEGIN(a)\n@\n"
                        "// NOLINTEND(heddle-*)\n// NOLINTEND(a)"));
}

TEST(NolintTest, ABlockThatIsNotClosedSilencesNothing) {
  EXPECT_FALSE(silenced("// NOLINTBEGIN\n@"));
  NolintFile Text("// NOLINTBEGIN\n// NOLINTEND(a)\n");
  ASSERT_EQ(Text.unmatched().size(), 2u);
  EXPECT_FALSE(Text.unmatched()[0].IsBegin);
  EXPECT_TRUE(Text.unmatched()[1].IsBegin);
  EXPECT_EQ(Text.unmatched()[1].Offset, 3u);
}

} // namespace

#include "engine/Pipeline.h"
#include "ir/SkeletonText.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::engine;

namespace {

TEST(PipelineTest, AnEmptyUnitHasNoFindings) {
  report::SourceText Text;
  Result R = analyse(ir::Unit(), Options(), Text);
  EXPECT_TRUE(R.Findings.empty());
  EXPECT_EQ(R.Broken, "");
}

TEST(PipelineTest, ABrokenSkeletonIsToldAndNotAnalysed) {
  ir::Unit U;
  U.Functions.emplace_back().Name = "f";
  report::SourceText Text;
  EXPECT_EQ(analyse(U, Options(), Text).Broken, "@f: the USR is empty");
}

TEST(PipelineTest, AFindingIsToldOnce) {
  rules::Finding F;
  F.Rule = "heddle-double-lock";
  F.Loc = {FileId(0), 3, 1, 0, 0};
  Seen S;
  EXPECT_TRUE(S.insert(F, {"a.h"}));
  EXPECT_FALSE(S.insert(F, {"a.h"}));
  EXPECT_TRUE(S.insert(F, {"b.h"}));
  F.Rule = "heddle-missing-unlock";
  EXPECT_TRUE(S.insert(F, {"a.h"}));
}

} // namespace

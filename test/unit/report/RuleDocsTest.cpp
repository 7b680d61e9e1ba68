#include "report/RuleDocs.h"
#include "rules/Rule.h"
#include "gtest/gtest.h"

using namespace heddle;

namespace {

TEST(RuleDocsTest, Page) {
  rules::Rule R = {"heddle-x", "a title",      "it happens",
                   "it hurts", "\n  bad();\n", "good();",
                   "",         "much",         nullptr};
  EXPECT_EQ(
      report::rulePage(R),
      "# heddle-x\n\na title\n"
      "\n## Reports if and only if\n\nit happens\n"
      "\n## Why\n\nit hurts\n"
      "\n## Bad\n\n```cpp\n  bad();\n```\n"
      "\n## Good\n\n```cpp\ngood();\n```\n"
      "\n## How to silence\n\n`// NOLINT(heddle-x)` on the line,\n"
      "`// NOLINTNEXTLINE(heddle-x)` above it, or\n"
      "`// NOLINTBEGIN(heddle-x)` and `// NOLINTEND(heddle-x)` around it.\n"
      "\n## What it cannot see\n\nmuch\n");
}

TEST(RuleTest, EveryRuleSaysWhatItIs) {
  for (const rules::Rule *R : rules::allRules()) {
    EXPECT_TRUE(R->Id.starts_with("heddle-")) << R->Id.str();
    EXPECT_FALSE(R->Title.empty()) << R->Id.str();
    EXPECT_FALSE(R->Reports.empty()) << R->Id.str();
    EXPECT_FALSE(R->Why.empty()) << R->Id.str();
    EXPECT_FALSE(R->Bad.empty()) << R->Id.str();
    EXPECT_FALSE(R->Good.empty()) << R->Id.str();
    EXPECT_FALSE(R->Limits.empty()) << R->Id.str();
    EXPECT_NE(R->Run, nullptr) << R->Id.str();
    EXPECT_EQ(rules::findRule(R->Id), R);
    EXPECT_EQ(rules::findRule(R->Id.drop_front(sizeof("heddle-") - 1)), R);
  }
  EXPECT_EQ(rules::findRule("heddle-"), nullptr);
  EXPECT_EQ(rules::findRule(""), nullptr);
}

TEST(FindingTest, NormaliseSortsAndDropsRepetitions) {
  std::vector<std::string> Files = {"b.cpp", "a.cpp"};
  auto Make = [](unsigned File, unsigned Line, const char *Rule,
                 rules::Severity Level, const char *Message) {
    rules::Finding F;
    F.Rule = Rule;
    F.Loc = {FileId(File), Line, 1, 0, 0};
    F.Level = Level;
    F.Message = Message;
    return F;
  };
  using rules::Severity;
  std::vector<rules::Finding> Findings = {
      Make(0, 1, "x", Severity::Warning, "1"),
      Make(1, 9, "x", Severity::Warning, "2"),
      Make(1, 2, "y", Severity::Warning, "3"),
      Make(1, 2, "x", Severity::Warning, "4"),
      Make(1, 2, "x", Severity::Error, "5")};
  rules::normalise(Findings, Files);
  std::string Order;
  for (const rules::Finding &F : Findings)
    Order += F.Message;
  EXPECT_EQ(Order, "5321");
}

} // namespace

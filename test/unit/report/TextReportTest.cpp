#include "report/TextReport.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::report;
using rules::Finding;
using rules::Severity;

namespace {

constexpr llvm::StringLiteral Source = "int a;\n"
                                       "  mu.Lock();\n"
                                       "\tmu.Lock();\n"
                                       "/* ä */ x();\n"
                                       "f(\n"
                                       "  b);\n";

Finding at(SourceSpan Loc) {
  Finding F;
  F.Rule = "heddle-x";
  F.Loc = Loc;
  F.Message = "'mu' is held";
  return F;
}

struct Printed {
  std::string Out, Log;
};

Printed print(const Finding &F, bool Colour = false) {
  Printed P;
  llvm::raw_string_ostream Out(P.Out), Log(P.Log);
  Out.enable_colors(Colour);
  SourceText Text([](llvm::StringRef) { return Source.str(); });
  TextReport R(Out, Log, Text);
  R.begin();
  R.finding(F, {"a.cpp"});
  R.end();
  return P;
}

TEST(TextReportTest, LineCaretAndRange) {
  EXPECT_EQ(print(at({FileId(0), 2, 3, 2, 12})).Out,
            "a.cpp:2:3: warning: 'mu' is held [heddle-x]\n"
            "    2 |   mu.Lock();\n"
            "      |   ^~~~~~~~~\n");
}

TEST(TextReportTest, NotesAndSeverities) {
  Finding F = at({FileId(0), 2, 3, 0, 0});
  F.Level = Severity::Error;
  F.Notes.push_back({{FileId(0), 1, 5, 0, 0}, "held since here"});
  Printed P = print(F);
  EXPECT_EQ(P.Out, "a.cpp:2:3: error: 'mu' is held [heddle-x]\n"
                   "    2 |   mu.Lock();\n"
                   "      |   ^\n"
                   "a.cpp:1:5: note: held since here\n"
                   "    1 | int a;\n"
                   "      |     ^\n");
  EXPECT_EQ(P.Log, "1 error generated.\n");
  F.Level = Severity::Advice;
  EXPECT_TRUE(llvm::StringRef(print(F).Out).starts_with("a.cpp:2:3: remark: "));
}

TEST(TextReportTest, TabsAndWideCharacters) {
  EXPECT_EQ(print(at({FileId(0), 3, 2, 3, 4})).Out,
            "a.cpp:3:2: warning: 'mu' is held [heddle-x]\n"
            "    3 |         mu.Lock();\n"
            "      |         ^~\n");
  // 'ä' is two bytes and one column.
  EXPECT_EQ(print(at({FileId(0), 4, 10, 0, 0})).Out,
            "a.cpp:4:10: warning: 'mu' is held [heddle-x]\n"
            "    4 | /* ä */ x();\n"
            "      |         ^\n");
}

TEST(TextReportTest, ARangeOfSeveralLinesEndsWithTheFirst) {
  EXPECT_EQ(print(at({FileId(0), 5, 1, 6, 4})).Out,
            "a.cpp:5:1: warning: 'mu' is held [heddle-x]\n"
            "    5 | f(\n"
            "      | ^~\n");
}

TEST(TextReportTest, FixItsUnderTheCaret) {
  Finding F = at({FileId(0), 1, 5, 0, 0});
  F.Fixes.push_back({{FileId(0), 1, 6, 0, 0}, " = 0"});
  EXPECT_EQ(print(F).Out, "a.cpp:1:5: warning: 'mu' is held [heddle-x]\n"
                          "    1 | int a;\n"
                          "      |     ^\n"
                          "      |       = 0\n");
}

TEST(TextReportTest, OtherFixItsAsChangedLines) {
  Finding F = at({FileId(0), 1, 5, 0, 0});
  F.Fixes.push_back({{FileId(0), 2, 3, 2, 5}, "other"});
  F.Fixes.push_back({{FileId(0), 1, 7, 1, 7}, "\nint b;"});
  EXPECT_EQ(print(F).Out, "a.cpp:1:5: warning: 'mu' is held [heddle-x]\n"
                          "    1 | int a;\n"
                          "      |     ^\n"
                          "fix:\n"
                          "    1 | int a;\n"
                          "      + int b;\n"
                          "    2 -   mu.Lock();\n"
                          "      +   other.Lock();\n");
  // A line that goes.
  F.Fixes = {{{FileId(0), 1, 7, 2, 13}, ""}};
  EXPECT_NE(print(F).Out.find("fix:\n"
                              "    1 | int a;\n"
                              "    2 -   mu.Lock();\n"),
            std::string::npos);
}

TEST(TextReportTest, PlacesThatAreNotThere) {
  EXPECT_EQ(print(at({})).Out, "warning: 'mu' is held [heddle-x]\n");
  EXPECT_EQ(print(at({FileId(0), 99, 1, 0, 0})).Out,
            "a.cpp:99:1: warning: 'mu' is held [heddle-x]\n");
  // A column past the line's end.
  EXPECT_EQ(print(at({FileId(0), 1, 9, 1, 12})).Out,
            "a.cpp:1:9: warning: 'mu' is held [heddle-x]\n"
            "    1 | int a;\n"
            "      |         ^~~\n");
}

TEST(TextReportTest, ColourIsAllThatColourAdds) {
  Finding F = at({FileId(0), 2, 3, 2, 12});
  std::string Coloured = print(F, true).Out;
  EXPECT_NE(Coloured.find("\x1b["), std::string::npos);
  std::string Plain;
  for (llvm::StringRef Rest = Coloured; !Rest.empty();) {
    auto [Text, Tail] = Rest.split('\x1b');
    Plain += Text;
    Rest = Tail.split('m').second;
  }
  EXPECT_EQ(Plain, print(F).Out);
}

TEST(SourceTextTest, OffsetsAndLines) {
  SourceText Text([](llvm::StringRef) { return Source.str(); });
  EXPECT_EQ(Text.line("f", 1), "int a;");
  EXPECT_EQ(Text.line("f", 0), "");
  EXPECT_EQ(Text.line("f", 7), "");
  EXPECT_EQ(Text.offset("f", 2, 3), 9u);
  EXPECT_EQ(Text.offset("f", 99, 1), Source.size());
  SourceText Disk;
  EXPECT_EQ(Disk.file("/no/such/file"), "");
}

} // namespace

//===- RepairTest.cpp -----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A program is one text in which '@' marks the function's name, two '`'
// the call and '$' the brace that ends the function.
//
//===----------------------------------------------------------------------===//

#include "engine/Repair.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::engine;

namespace {

const std::string Header = "#include <heddle/defer.h>\n";

SourceSpan at(const std::string &Text, size_t From, size_t To) {
  auto Line = [&](size_t O) {
    return uint32_t(1 + std::count(Text.begin(), Text.begin() + long(O), '\n'));
  };
  auto Column = [&](size_t O) {
    return uint32_t(O - (O ? Text.rfind('\n', O - 1) + 1 : 0) + 1);
  };
  return {FileId(0), Line(From), Column(From), Line(To), Column(To)};
}

/// The text when its fix-its are made; "none" when there are none.
std::string mended(std::string Text, std::string First = "w") {
  auto Take = [&](char Mark) {
    size_t O = Text.find(Mark);
    Text.erase(O, 1);
    return O;
  };
  size_t Name = Take('@'), From = Take('`'), To = Take('`'), End = Take('$');
  report::SourceText Source([&](llvm::StringRef) { return Text; });
  rules::Deferral D{at(Text, From, To), at(Text, Name, Name),
                    at(Text, End, End), First};
  std::vector<rules::FixIt> Fixes = fixesOf(D, {"f.cpp"}, Source);
  if (Fixes.empty())
    return "none";
  for (auto F = Fixes.rbegin(); F != Fixes.rend(); ++F) {
    size_t At = Source.offset("f.cpp", F->Span.Line, F->Span.Column);
    size_t Stop = Source.offset("f.cpp", F->Span.EndLine, F->Span.EndColumn);
    Text.replace(At, Stop - At, F->Text);
  }
  return Text.substr(Text.find('\n') + 1);
}

TEST(RepairTest, TheCallMovesToTheTop) {
  EXPECT_EQ(mended("#include <heddle/defer.h>\n"
                   "void @f() {\n  g();\n\n  `a.b->Done()`;\n$}\n",
                   "a"),
            "void f() {\n  HEDDLE_DEFER(a.b->Done());\n  g();\n\n}\n");
  EXPECT_EQ(mended("#include \"heddle/heddle.h\"\n"
                   "@[w = W{}]() { g(); `w.Done()`; $}"),
            "[w = W{}]() { HEDDLE_DEFER(w.Done()); g(); }");
  EXPECT_EQ(mended("# include <heddle/heddle.h>\n"
                   "void @f()\n{\n\tg(1'000, '\\'', \"}\");\n"
                   "\t`w.Done()`; // all\n$}"),
            "void f()\n{\n\tHEDDLE_DEFER(w.Done());\n"
            "\tg(1'000, '\\'', \"}\");\n\t // all\n}");
}

TEST(RepairTest, OnlyTheLastStatementOfTheBodyItself) {
  EXPECT_EQ(mended(Header + "void @f() { g(); if (x) `w.Done()`; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); { `w.Done()`; } $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { `w.Done()`; g(); $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); `w.Done()`; return; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(), `w.Done()`; $}"), "none");
}

TEST(RepairTest, OnlyPlainText) {
  EXPECT_EQ(mended(Header + "void @f() { g(R\"(\")\"); `w.Done()`; $}"),
            "none");
  EXPECT_EQ(
      mended(Header + "void @f() {\n#if X\ng();\n#endif\n`w.Done()`;\n$}"),
      "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); `w[i].Done()`; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); `w().Done()`; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); `TELL(w)`; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(\"a); `w.Done()`; $}"), "none");
}

TEST(RepairTest, OnlyANameThatIsThereAtTheTop) {
  EXPECT_EQ(mended(Header + "void @f() { g(); `w.Done()`; $}", "v"), "none");
  EXPECT_EQ(mended(Header + "void @f() { auto &w = v; g(); `w.Done()`; $}"),
            "none");
  EXPECT_EQ(mended(Header + "void @f() { auto [w, x] = v; `w.Done()`; $}"),
            "none");
  EXPECT_EQ(mended(Header + "void @f() { W w(v); g(); `w.Done()`; $}"), "none");
  EXPECT_EQ(mended(Header + "void @f() { g(); `this->w.Done()`; $}", "v"),
            "void f() { HEDDLE_DEFER(this->w.Done()); g(); }");
}

TEST(RepairTest, OnlyWhereTheDeferralIsIncluded) {
  EXPECT_EQ(mended("#include <heddle/wait_group.h>\n"
                   "void @f() { g(); `w.Done()`; $}"),
            "none");
  EXPECT_EQ(mended("// #include <heddle/heddle.h>\n"
                   "void @f() { g(); `w.Done()`; $}"),
            "none");
}

} // namespace

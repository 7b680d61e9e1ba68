//===- SequenceChart.cpp - An interleaving as a picture -------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A row for each step and a column for each task. A row holds one step's box
// and, when the step starts a task, that task's head, so boxes never meet. An
// arrow between two steps leaves its box sideways, runs down in the gutter
// before its target's column, where no boxes are, and each has its own lane.
//
//===----------------------------------------------------------------------===//

#include "report/SequenceChart.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace heddle;
using namespace heddle::report;
using explore::Step;
using explore::StepKind;
using llvm::StringRef;

namespace {

// Pixels; a letter's width is an upper estimate for its font size.
constexpr int Margin = 28, BoxWidth = 280, Gutter = 64, RowGap = 16, Pad = 9;
constexpr int WordsHeight = 18, CodeHeight = 16, TitleHeight = 23;
constexpr unsigned WordsColumns = 36, CodeColumns = 34, MostCodeLines = 6;
constexpr int LeastWidth = 2 * Margin + 2 * BoxWidth + Gutter;
constexpr int TitleLetter = 10;
constexpr int FirstLane = 16, LaneWidth = 9, Lanes = 5;

constexpr StringRef Style = R"(<style>
  text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
  .paper { fill: #ffffff; }
  .title { font-size: 17px; font-weight: 600; }
  .small { font-size: 12px; fill: #59636e; }
  .code { font: 12px ui-monospace, "DejaVu Sans Mono", monospace; fill: #59636e; white-space: pre; }
  .name { font-weight: 600; }
  .life { stroke: #8c959f; stroke-width: 1.5; }
  .stuck { stroke: #cf222e; stroke-width: 2; stroke-dasharray: 5 5; }
  .head { fill: #ddf4ff; stroke: #0969da; }
  .step { fill: #f6f8fa; stroke: #8c959f; }
  .bad { fill: #ffebe9; stroke: #cf222e; stroke-width: 2; }
  .arrow { fill: none; stroke: #0969da; stroke-width: 1.5; }
  .tip { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .paper { fill: #0d1117; }
    .small, .code { fill: #a8b3bf; }
    .life { stroke: #6e7681; }
    .stuck { stroke: #f85149; }
    .head { fill: #12253d; stroke: #4493f8; }
    .step { fill: #161b22; stroke: #6e7681; }
    .bad { fill: #3c1618; stroke: #f85149; }
    .arrow { stroke: #4493f8; }
    .tip { fill: #4493f8; }
  }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
)";

struct Box {
  std::vector<std::string> Words, Code;
  int height() const {
    return 2 * Pad + WordsHeight * int(Words.size()) +
           CodeHeight * int(Code.size());
  }
};

struct Row {
  int Middle = 0, Height = 0;
};

class Chart {
public:
  Chart(const rules::Finding &F, const std::vector<std::string> &Files,
        SourceText &Text)
      : F(F), Files(Files), Text(Text), Steps(F.Shown->Steps), OS(Out) {}
  std::string draw();

private:
  void choose();
  void place();
  Box boxOf(const Step &S);
  Box headOf(unsigned Task) const;
  std::string where(const SourceSpan &S, bool Always) const;

  int left(unsigned Task) const {
    return Margin + int(Columns.at(Task)) * (BoxWidth + Gutter);
  }
  int middle(unsigned Task) const { return left(Task) + BoxWidth / 2; }

  void lines(llvm::ArrayRef<std::string> Lines, StringRef Class, int X, int &Y,
             int Height, StringRef Anchor = "start");
  void box(const Box &B, unsigned Task, int Middle, StringRef Class);
  void lifeline(unsigned Task);
  void message(size_t From, size_t To);

  const rules::Finding &F;
  const std::vector<std::string> &Files;
  SourceText &Text;
  const std::vector<Step> &Steps;
  std::map<unsigned, unsigned> Columns; ///< of the tasks that take part
  std::map<unsigned, int> HeadAt;       ///< by task: the middle of its head
  std::vector<Box> Boxes;
  std::vector<Row> Rows;
  std::vector<std::string> Title;
  std::map<int, int> LanesUsed; ///< by the column right of the gutter
  int Width = 0, Height = 0, FirstRow = 0;
  std::string Out;
  llvm::raw_string_ostream OS;
};

std::string Chart::where(const SourceSpan &S, bool Always) const {
  if (!S.isValid())
    return "";
  bool IsElsewhere = !F.Loc.isValid() || S.File != F.Loc.File;
  std::string Name = llvm::sys::path::filename(Files[S.File.index()]).str();
  return (Always || IsElsewhere ? Name + ":" : "") + std::to_string(S.Line);
}

void Chart::choose() {
  for (const Step &S : Steps) {
    Columns[S.Task];
    if (S.Kind == StepKind::Spawn)
      Columns[S.Starts];
  }
  unsigned N = 0;
  for (auto &[Task, Column] : Columns)
    Column = N++;
}

Box Chart::boxOf(const Step &S) {
  Box B;
  B.Words = wrap(S.Text, WordsColumns);
  if (!S.Loc.isValid())
    return B;
  std::string Line = where(S.Loc, false) + "  ";
  Line += Text.line(Files[S.Loc.File.index()], S.Loc.Line).trim();
  B.Code = wrap(Line, CodeColumns);
  if (B.Code.size() > MostCodeLines) {
    B.Code.resize(MostCodeLines);
    B.Code.back() += "…";
  }
  return B;
}

Box Chart::headOf(unsigned Task) const {
  const auto &Names = F.Shown->Tasks;
  std::string Name = Task < Names.size() ? Names[Task] : "a task";
  unsigned Same = 0, Before = 0;
  for (const auto &[Other, Column] : Columns)
    if (Other < Names.size() && Names[Other] == Name) {
      ++Same;
      Before += Other <= Task;
    }
  if (Same > 1)
    Name += " #" + std::to_string(Before);
  return {wrap(Name, WordsColumns - 3), {}}; // bold letters are wider
}

/// Gives every row its place, from the top.
void Chart::place() {
  Width = std::max(LeastWidth, 2 * Margin + int(Columns.size()) * BoxWidth +
                                   int(Columns.size() - 1) * Gutter);
  Title = wrap(F.Message, unsigned(Width - 2 * Margin) / TitleLetter);
  int Y = Margin + TitleHeight * int(Title.size()) + WordsHeight + 2 * RowGap;
  std::map<unsigned, bool> IsStarted;
  for (const Step &S : Steps)
    if (S.Kind == StepKind::Spawn)
      IsStarted[S.Starts] = true;
  int Heads = 0;
  for (const auto &[Task, Column] : Columns)
    if (!IsStarted[Task])
      Heads = std::max(Heads, headOf(Task).height());
  for (const auto &[Task, Column] : Columns)
    if (!IsStarted[Task])
      HeadAt[Task] = Y + Heads / 2;
  Y += Heads + RowGap;
  FirstRow = Y;
  for (const Step &S : Steps) {
    Boxes.push_back(boxOf(S));
    Row R;
    R.Height = Boxes.back().height();
    if (S.Kind == StepKind::Spawn)
      R.Height = std::max(R.Height, headOf(S.Starts).height());
    R.Middle = Y + R.Height / 2;
    if (S.Kind == StepKind::Spawn)
      HeadAt.try_emplace(S.Starts, R.Middle);
    Y += R.Height + RowGap;
    Rows.push_back(R);
  }
  Height = Y + Margin;
}

void Chart::lines(llvm::ArrayRef<std::string> Lines, StringRef Class, int X,
                  int &Y, int LineHeight, StringRef Anchor) {
  for (const std::string &L : Lines) {
    OS << "<text class=\"" << Class << "\" x=\"" << X << "\" y=\""
       << Y + LineHeight - 5 << "\"";
    if (Anchor != "start")
      OS << " text-anchor=\"" << Anchor << '"';
    OS << '>';
    llvm::printHTMLEscaped(L, OS);
    OS << "</text>\n";
    Y += LineHeight;
  }
}

void Chart::box(const Box &B, unsigned Task, int Middle, StringRef Class) {
  int Top = Middle - B.height() / 2;
  bool IsHead = Class == "head";
  OS << "<rect class=\"" << Class << "\" x=\"" << left(Task) << "\" y=\"" << Top
     << "\" width=\"" << BoxWidth << "\" height=\"" << B.height() << "\" rx=\""
     << (IsHead ? 14 : 4) << "\"/>\n";
  int Y = Top + Pad;
  if (IsHead) {
    lines(B.Words, "name", middle(Task), Y, WordsHeight, "middle");
    return;
  }
  lines(B.Words, "words", left(Task) + Pad + 2, Y, WordsHeight);
  lines(B.Code, "code", left(Task) + Pad + 2, Y, CodeHeight);
}

/// From the task's head to its end; to the bottom, when it does not end.
void Chart::lifeline(unsigned Task) {
  int From = HeadAt[Task], To = Height - Margin, Stuck = 0;
  for (size_t I = 0; I < Steps.size(); ++I)
    if (Steps[I].Task == Task && Steps[I].Kind != StepKind::Act &&
        Steps[I].Kind != StepKind::Spawn) {
      To = Rows[I].Middle;
      Stuck = Steps[I].Kind == StepKind::Blocks ? To : 0;
    }
  auto Line = [&](StringRef Class, int Y1, int Y2) {
    OS << "<path class=\"" << Class << "\" d=\"M" << middle(Task) << ' ' << Y1
       << "V" << Y2 << "\"/>\n";
  };
  Line("life", From, To);
  if (Stuck)
    Line("stuck", Stuck, Height - Margin / 2);
}

void Chart::message(size_t From, size_t To) {
  unsigned A = Steps[From].Task, B = Steps[To].Task;
  if (A == B)
    return;
  bool IsRight = left(B) > left(A);
  int Lane =
      FirstLane +
      LaneWidth * (LanesUsed[int(Columns[B]) + (IsRight ? 0 : 1)]++ % Lanes);
  int X = IsRight ? left(A) + BoxWidth : left(A);
  int End = IsRight ? left(B) : left(B) + BoxWidth;
  // A little under the middle, where the arrow of a start would be.
  OS << "<path class=\"arrow\" marker-end=\"url(#tip)\" d=\"M" << X << ' '
     << Rows[From].Middle + 4 << "H" << (IsRight ? End - Lane : End + Lane)
     << "V" << Rows[To].Middle << "H" << End << "\"/>\n";
}

std::string Chart::draw() {
  choose();
  place();
  OS << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << Width
     << "\" height=\"" << Height << "\" viewBox=\"0 0 " << Width << ' '
     << Height << "\" role=\"img\">\n<title>";
  llvm::printHTMLEscaped(llvm::join(Title, " "), OS);
  OS << "</title>\n"
     << Style << "<rect class=\"paper\" width=\"" << Width << "\" height=\""
     << Height << "\"/>\n";
  int Y = Margin;
  lines(Title, "title", Margin, Y, TitleHeight);
  std::string Under = where(F.Loc, true);
  Under += (Under.empty() ? "" : "  ·  ") + F.Rule +
           "  ·  one order of events, from top to bottom";
  lines({Under}, "small", Margin, Y, WordsHeight);

  for (const auto &[Task, Column] : Columns)
    lifeline(Task);
  for (size_t I = 0; I < Steps.size(); ++I) {
    const Step &S = Steps[I];
    if (S.Answers >= 0)
      message(size_t(S.Answers), I);
    if (S.Kind != StepKind::Spawn)
      continue;
    bool IsRight = left(S.Starts) > left(S.Task);
    OS << "<path class=\"arrow\" marker-end=\"url(#tip)\" d=\"M"
       << (IsRight ? left(S.Task) + BoxWidth : left(S.Task)) << ' '
       << Rows[I].Middle << "H"
       << (IsRight ? left(S.Starts) : left(S.Starts) + BoxWidth) << "\"/>\n";
  }
  for (const auto &[Task, Column] : Columns)
    box(headOf(Task), Task, HeadAt[Task], "head");
  for (size_t I = 0; I < Steps.size(); ++I) {
    bool IsBad =
        Steps[I].Kind == StepKind::Fails || Steps[I].Kind == StepKind::Blocks;
    box(Boxes[I], Steps[I].Task, Rows[I].Middle, IsBad ? "bad" : "step");
  }
  OS << "</svg>\n";
  return std::move(Out);
}

} // namespace

std::string report::sequenceChart(const rules::Finding &F,
                                  const std::vector<std::string> &Files,
                                  SourceText &Text) {
  return Chart(F, Files, Text).draw();
}

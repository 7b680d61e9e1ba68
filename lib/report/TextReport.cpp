//===- TextReport.cpp - Findings as clang prints diagnostics -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/TextReport.h"
#include "report/FixItText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"

using namespace heddle;
using namespace heddle::report;
using llvm::raw_ostream;

namespace {

struct Level {
  llvm::StringLiteral Word;
  raw_ostream::Colors Colour;
};

Level levelOf(rules::Severity S) {
  switch (S) {
  case rules::Severity::Error:
    return {"error", raw_ostream::RED};
  case rules::Severity::Warning:
    return {"warning", raw_ostream::MAGENTA};
  case rules::Severity::Advice:
    break;
  }
  return {"remark", raw_ostream::BLUE};
}

/// A line as a terminal shows it, with the way from bytes to columns.
class Shown {
public:
  explicit Shown(llvm::StringRef Line) {
    static constexpr size_t TabStop = 8;
    for (size_t I = 0; I < Line.size();) {
      size_t Bytes = std::min<size_t>(
          Line.size() - I, llvm::getNumBytesForUTF8((unsigned char)Line[I]));
      llvm::StringRef C = Line.substr(I, Bytes);
      int Width = llvm::sys::unicode::columnWidthUTF8(C);
      size_t Column = Width0;
      if (C == "\t") {
        size_t Blanks = TabStop - Width0 % TabStop;
        Text.append(Blanks, ' ');
        Width0 += Blanks;
      } else if (Width < 0) { // Not printable.
        Text += "?";
        Width0 += 1;
      } else {
        Text += C;
        Width0 += size_t(Width);
      }
      Columns.insert(Columns.end(), Bytes, Column);
      I += Bytes;
    }
  }
  /// The column from 0 that shows byte Column, from 1.
  size_t at(unsigned Column) const {
    size_t Byte = Column ? Column - 1 : 0;
    return Byte < Columns.size() ? Columns[Byte]
                                 : Width0 + (Byte - Columns.size());
  }

  std::string Text;

private:
  std::vector<size_t> Columns;
  size_t Width0 = 0;
};

/// It only inserts, and in the line of the finding at S.
bool fitsUnderCaret(const rules::FixIt &F, const SourceSpan &S) {
  return F.Span.File == S.File && F.Span.Line == S.Line &&
         (F.Span.EndLine == 0 ||
          (F.Span.EndLine == S.Line && F.Span.EndColumn == F.Span.Column)) &&
         !llvm::StringRef(F.Text).contains('\n');
}

void put(std::string &Line, size_t Column, llvm::StringRef What) {
  if (Line.size() < Column)
    Line.append(Column - Line.size(), ' ');
  Line.replace(Column, std::min(What.size(), Line.size() - Column), What.str());
}

} // namespace

void TextReport::place(const SourceSpan &S,
                       const std::vector<std::string> &Files) {
  Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  if (S.isValid()) {
    Out << Files[S.File.index()] << ':' << S.Line << ':';
    if (S.Column)
      Out << S.Column << ':';
    Out << ' ';
  }
}

/// The source line, the caret line, and what the fix-its of that line insert.
void TextReport::snippet(const SourceSpan &S,
                         llvm::ArrayRef<rules::FixIt> Fixes,
                         const std::vector<std::string> &Files) {
  Out.resetColor();
  if (!S.isValid())
    return;
  const std::string &Path = Files[S.File.index()];
  llvm::StringRef Source = Text.line(Path, S.Line);
  if (Source.empty() || Source.contains('\0'))
    return;
  Shown Line(Source);
  size_t Start = Line.at(S.Column), End = Start + 1;
  if (S.EndLine == S.Line && S.EndColumn > S.Column)
    End = std::max(End, Line.at(S.EndColumn));
  else if (S.EndLine > S.Line) // As much of it as this line has.
    End = std::max(End, Line.at(Source.rtrim().size() + 1));
  std::string Marks =
      std::string(Start, ' ') + '^' + std::string(End - Start - 1, '~');
  std::string Inserted;
  for (const rules::FixIt &F : Fixes)
    put(Inserted, Line.at(F.Span.Column), F.Text);

  std::string Gutter =
      std::string(std::max<size_t>(5, std::to_string(S.Line).size() + 1), ' ');
  Out << llvm::right_justify(std::to_string(S.Line), Gutter.size()) << " | "
      << Line.Text << '\n';
  Out << Gutter << " | ";
  Out.changeColor(raw_ostream::GREEN, /*Bold=*/true) << Marks;
  Out.resetColor() << '\n';
  if (!Inserted.empty()) {
    Out << Gutter << " | ";
    Out.changeColor(raw_ostream::GREEN) << Inserted;
    Out.resetColor() << '\n';
  }
}

void TextReport::finding(const rules::Finding &F,
                         const std::vector<std::string> &Files) {
  unsigned &Count = F.Level == rules::Severity::Error     ? Errors
                    : F.Level == rules::Severity::Warning ? Warnings
                                                          : Remarks;
  ++Count;
  Level L = levelOf(F.Level);
  place(F.Loc, Files);
  Out.changeColor(L.Colour, /*Bold=*/true) << L.Word << ": ";
  Out.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  Out << F.Message << " [" << F.Rule << "]\n";
  bool AreShort = llvm::all_of(F.Fixes, [&](const rules::FixIt &Fix) {
    return fitsUnderCaret(Fix, F.Loc);
  });
  snippet(F.Loc, AreShort ? F.Fixes : std::vector<rules::FixIt>(), Files);
  for (const rules::Note &N : F.Notes) {
    place(N.Loc, Files);
    Out.changeColor(raw_ostream::CYAN, /*Bold=*/true) << "note: ";
    Out.resetColor() << N.Message << '\n';
    snippet(N.Loc, {}, Files);
  }
  if (!AreShort)
    printFixes(Out, F.Fixes, Files, Text);
}

void TextReport::end() {
  std::string Line;
  auto Add = [&](unsigned Count, llvm::StringRef What) {
    if (Count != 0)
      Line += (Line.empty() ? "" : ", ") + std::to_string(Count) + " " +
              What.str() + (Count == 1 ? "" : "s");
  };
  Add(Errors, "error");
  Add(Warnings, "warning");
  Add(Remarks, "remark");
  if (!Line.empty())
    Log << Line << " generated.\n";
}

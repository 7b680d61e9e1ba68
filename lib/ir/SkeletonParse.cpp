//===- SkeletonParse.cpp - Text to skeletons ------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Three passes over the text, so that everything can be referred to before its
// line: DeclarationReader's two, then `bodies`.
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationReader.h"
#include "ir/SkeletonText.h"
#include "ir/TextNames.h"
#include "ir/Verify.h"
#include <map>

using namespace heddle;
using namespace heddle::ir;
using llvm::StringRef;
using text::Position;

namespace {

class Parser : text::DeclarationReader {
public:
  /// FirstLine is the number of Text's first line in what Name names.
  Parser(StringRef Text, StringRef Name, uint32_t FirstLine = 1)
      : DeclarationReader(Text, !text::Cursor(Text).startsText("skeleton")),
        Name(Name) {
    Start.Line = FirstLine;
    In.moveTo(Start);
  }
  llvm::Expected<Unit> run();

private:
  bool bodies();
  bool body(Function &F);
  bool op(Op &O, Position Start);
  bool terminator(Terminator &T, Position Start);
  bool switchTargets(Terminator &T);
  bool cases(Terminator &T);

  llvm::Error error(Position P, const llvm::Twine &What) const;
  llvm::Error verified() const;

  StringRef Name;
  Position Start;
  std::map<std::tuple<FuncId, BlockId, uint32_t>, Position> OpPositions;
};

bool Parser::op(Op &O, Position Start) {
  StringRef Word = In.peekWord();
  std::optional<OpKind> Kind = text::opKind(Word);
  if (!Kind)
    return In.fail("unknown operation '" + Word + "'");
  O.Kind = *Kind;
  In.accept(Word);
  for (;; In.accept(Word)) {
    Word = In.peekWord();
    if (auto How = text::indexOf(text::Modes, Word))
      O.How = Mode(*How);
    else if (auto Guard = text::indexOf(text::GuardModes, Word))
      O.Guard = GuardMode(*Guard);
    else if (auto When = text::indexOf(text::Givens, Word))
      O.When = Given(*When);
    else
      break;
  }
  if ((In.startsWith("%") || Word == "none") && !obj(O.Obj))
    return false;
  if (In.startsWith("@") || In.startsWith("{") || In.startsWith("*")) {
    if (!callable(O.Fn) || (In.accept("(") && !operands(O.Args, ")")))
      return false;
  } else if (In.accept(",") || In.accept("=")) {
    if (!operands(O.Args, ""))
      return false;
  }
  if (In.acceptWord("with") && !obj(O.Other))
    return false;
  if (In.accept("->") && !obj(O.Result))
    return false;
  if (In.acceptWord("unwind") && !block(O.Unwind))
    return false;
  return span(O.Loc, Start) && In.endLine();
}

bool Parser::switchTargets(Terminator &T) {
  for (;;) {
    Position Start = In.here();
    int64_t Value = 0;
    // A number and a colon, or the label of the last, which may be a number.
    StringRef Word = In.restOfLine().split(',').first;
    if (Word.contains(':') && !Word.split(':').first.contains('!')) {
      In.moveTo(Start);
      if (!In.integer(Value) || !In.expect(":"))
        return false;
      T.Values.push_back(Value);
    }
    if (!block(T.Succs.emplace_back()))
      return false;
    if (!In.accept(","))
      return true;
  }
}

bool Parser::cases(Terminator &T) {
  In.enterBrackets();
  bool Good = In.expect("[");
  while (Good && !In.startsWith("]")) {
    Position Start = In.here();
    SelectCase &C = T.Cases.emplace_back();
    std::optional<size_t> Kind = text::indexOf(text::CaseKinds, In.peekWord());
    if (!Kind)
      return In.fail("expected 'send', 'recv', 'timeout' or 'default'");
    C.K = SelectCase::Kind(*Kind);
    In.accept(In.peekWord());
    Good = (!In.startsWith("%") || obj(C.Channel)) &&
           (!In.accept(",") || operand(C.Value)) &&
           (!In.accept("->") || obj(C.Result)) && In.expect(":") &&
           block(C.Target) && span(C.Loc, Start);
    In.accept(",");
  }
  In.leaveBrackets();
  return Good && In.expect("]");
}

bool Parser::terminator(Terminator &T, Position Start) {
  using Kind = Terminator::Kind;
  T.K = Kind(*text::indexOf(text::Terminators, In.peekWord()));
  In.accept(In.peekWord());
  bool Good = true;
  if (T.K == Kind::Branch || T.K == Kind::Switch)
    Good = expr(T.Cond) && In.expect(",");
  if (T.K == Kind::Switch) {
    Good = Good && switchTargets(T);
  } else if (T.K == Kind::Select) {
    Good = cases(T);
  } else if (T.K == Kind::Return) {
    if (!In.atLineEnd() && !atSpan())
      Good = operand(T.Value);
  } else if (Good && !In.atLineEnd() && !atSpan()) {
    do
      Good = block(T.Succs.emplace_back());
    while (Good && In.accept(","));
  }
  return Good && span(T.Loc, Start) && In.endLine();
}

bool Parser::body(Function &F) {
  BlockId At;
  bool Ended = true;
  for (; !In.failed() && !In.startsWith("}");) {
    StringRef Line = In.restOfLine().split(';').first.rtrim();
    if (Line.empty() || Line.starts_with("%")) {
      In.skipLine();
      continue;
    }
    Position Start = In.here();
    if (Line.ends_with(":") || !At) {
      if (!Ended)
        return In.fail("the block before does not end with a terminator");
      At = BlockId(At ? At.index() + 1 : 0);
      Ended = false;
      if (Line.ends_with(":")) {
        In.skipLine();
        continue;
      }
    }
    if (Ended)
      return In.fail("expected a label: the block has ended");
    Block &B = F.Blocks[At.index()];
    OpPositions[{Here, At, uint32_t(B.Ops.size())}] = Start;
    if (text::indexOf(text::Terminators, In.peekWord())) {
      Ended = true;
      if (!terminator(B.Term, Start))
        return false;
      continue;
    }
    Op O{};
    O.Deferred = In.acceptWord("deferred");
    if (!op(O, Start))
      return false;
    B.Ops.push_back(std::move(O));
  }
  return Ended || In.fail("the last block does not end with a terminator");
}

bool Parser::bodies() {
  uint32_t Count = 0;
  for (; !In.atTextEnd(); In.skipLine()) {
    bool IsBody = In.acceptWord("func");
    if (!IsBody && !In.acceptWord("declare"))
      continue;
    Here = FuncId(Count++);
    if (!IsBody)
      continue;
    In.skipLine();
    if (!body(U.Functions[Here.index()]))
      return false;
  }
  return true;
}

llvm::Error Parser::error(Position P, const llvm::Twine &What) const {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 Name + ":" + llvm::Twine(P.Line) + ":" +
                                     llvm::Twine(P.Column) + ": " + What);
}

llvm::Error Parser::verified() const {
  for (const Complaint &C : verify(U)) {
    Position At;
    if (C.Object)
      At = ObjectPositions[C.Object.index()];
    else if (auto It = OpPositions.find({C.Function, C.Block, C.Op});
             It != OpPositions.end())
      At = It->second;
    else if (C.Function)
      At = FunctionPositions[C.Function.index()];
    return error(At, C.What);
  }
  return llvm::Error::success();
}

llvm::Expected<Unit> Parser::run() {
  if (LocatesItself) {
    U.MainFile = Name.str();
    U.Files.push_back(Name.str());
  }
  if (In.startsText("unit"))
    return error(In.here(), "a unit without its version: 'skeleton " +
                                llvm::Twine(text::Version) +
                                "' comes before 'unit'");
  // First, for another version may have other lines.
  bool Good = (!In.acceptWord("skeleton") || version());
  In.moveTo(Start);
  Good = Good && declare();
  In.moveTo(Start);
  Good = Good && headers();
  In.moveTo(Start);
  Good = Good && bodies();
  if (!Good || In.failed())
    return error(In.failure(), In.message());
  if (llvm::Error E = verified())
    return std::move(E);
  return std::move(U);
}

} // namespace

llvm::Expected<Unit> ir::parse(StringRef Text, StringRef Name) {
  return Parser(Text, Name).run();
}

llvm::Expected<std::vector<Unit>> ir::parseUnits(StringRef Text,
                                                 StringRef Name) {
  std::vector<Unit> Units;
  for (uint32_t Line = 1; !Text.empty();) {
    size_t End = Text.find("\nskeleton ");
    StringRef Part = Text.substr(0, End == StringRef::npos ? End : End + 1);
    Text = Text.substr(Part.size());
    // Comments before the first unit are none.
    if (Units.empty() && !Text.empty() && text::Cursor(Part).isBlank()) {
      Line += uint32_t(Part.count('\n'));
      continue;
    }
    llvm::Expected<Unit> U = Parser(Part, Name, Line).run();
    if (!U)
      return U.takeError();
    Units.push_back(std::move(*U));
    Line += uint32_t(Part.count('\n'));
  }
  if (Units.empty()) {
    llvm::Expected<Unit> U = Parser("", Name).run();
    if (!U)
      return U.takeError();
    Units.push_back(std::move(*U));
  }
  return Units;
}

//===- SummaryParse.cpp - Text to summaries -------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationReader.h"
#include "ir/TextNames.h"
#include "ir/Verify.h"
#include "summary/SummaryFile.h"

using namespace heddle;
using namespace heddle::summary;
using ir::text::Position;
using llvm::StringRef;

namespace {

class Parser : ir::text::DeclarationReader {
public:
  Parser(StringRef Text, StringRef Name)
      : DeclarationReader(Text, /*LocatesItself=*/false), Name(Name) {
    Rest = "summary";
  }
  llvm::Expected<SummaryFile> run();

private:
  bool version();
  bool summaries();
  bool summary(Summary &S);

  /// "{" and a line by Line for each up to "}".
  template <class Each> bool block(const Each &Line);
  template <class T, class Each> bool list(std::vector<T> &L, const Each &One) {
    do
      if (!One(L.emplace_back()))
        return false;
    while (In.accept(","));
    return true;
  }
  bool flag(bool &Is, StringRef Word) {
    if (In.acceptWord(Word))
      Is = true;
    return true;
  }
  bool mode(ir::Mode &How);
  bool kind(ir::OpKind &K);
  bool place(SourceSpan &S);
  bool spans(llvm::StringRef Word, std::vector<SourceSpan> &Via);
  bool bound(int64_t &V);
  bool range(std::pair<ObjId, Interval> &R);
  bool balance(Balance &B);
  bool held(HeldLock &H);
  bool taken(TakenLock &T);
  bool event(Event &E);
  bool task(Task &T);
  bool taskLine(Task &T);
  bool outcome(Outcome &O, const Summary &S);
  bool outcomeLine(Outcome &O, const Summary &S);
  bool live(LiveTask &L, const Summary &S);
  bool guard(GuardState &G);

  llvm::Error error(Position P, const llvm::Twine &What) const {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   Name + ":" + llvm::Twine(P.Line) + ":" +
                                       llvm::Twine(P.Column) + ": " + What);
  }

  StringRef Name;
  std::vector<Summary> ByFunction;
};

template <class Each> bool Parser::block(const Each &Line) {
  Position Start = In.here();
  if (!In.expect("{") || !In.endLine())
    return false;
  while (!In.failed() && !In.startsWith("}")) {
    if (In.atTextEnd())
      return In.fail(Start, "the '{' is not closed");
    if (In.atLineEnd())
      In.skipLine();
    else if (!Line())
      return false;
  }
  return In.expect("}") && In.endLine();
}

bool Parser::mode(ir::Mode &How) {
  if (auto Word = ir::text::indexOf(ir::text::Modes, In.peekWord())) {
    How = ir::Mode(*Word);
    In.accept(In.peekWord());
  }
  return true;
}

bool Parser::kind(ir::OpKind &K) {
  StringRef Word = In.peekWord();
  std::optional<ir::OpKind> Kind = ir::text::opKind(Word);
  if (!Kind)
    return In.fail("unknown operation '" + Word + "'");
  K = *Kind;
  return In.accept(Word);
}

/// A span, which may be missing.
bool Parser::place(SourceSpan &S) {
  Position Start = In.here();
  if (!span(S, Start))
    return false;
  return !S.isValid() || S.File.index() < U.Files.size() ||
         In.fail(Start, "there is no file " + llvm::Twine(S.File.index()));
}

bool Parser::spans(llvm::StringRef Word, std::vector<SourceSpan> &Via) {
  if (!In.acceptWord(Word))
    return true;
  if (!atSpan())
    return In.fail("expected a span ('!1:2')");
  while (atSpan())
    if (!place(Via.emplace_back()))
      return false;
  return true;
}

bool Parser::bound(int64_t &V) { return In.accept("*") || In.integer(V); }

bool Parser::range(std::pair<ObjId, Interval> &R) {
  if (!obj(R.first))
    return false;
  if (!In.acceptWord("in"))
    return In.fail("expected 'in'");
  Position Start = In.here();
  if (!bound(R.second.Lo) || !In.expect("..") || !bound(R.second.Hi))
    return false;
  return !R.second.isEmpty() || In.fail(Start, "the interval is empty");
}

bool Parser::balance(Balance &B) {
  if (!obj(B.Counter))
    return false;
  if (In.acceptWord("many")) {
    B.Delta = Balance::Many;
    return true;
  }
  Position Start = In.here();
  int64_t Delta = 0;
  if (!In.integer(Delta))
    return false;
  B.Delta = int(Delta);
  return (Delta >= -Balance::Limit && Delta <= Balance::Limit) ||
         In.fail(Start, "number out of range");
}

bool Parser::held(HeldLock &H) {
  return obj(H.Lock) && mode(H.How) && flag(H.IsScoped, "scoped") &&
         place(H.Since);
}

bool Parser::taken(TakenLock &T) {
  return obj(T.Lock) && flag(T.OnEveryPath, "always") && place(T.Loc);
}

/// What follows "does".
bool Parser::event(Event &E) {
  bool IsHidden = false;
  if (!kind(E.Kind) || !mode(E.How) || !obj(E.Obj) ||
      !flag(IsHidden, "hidden") || !flag(E.InTask, "in-task") ||
      !flag(E.OnCopy, "on-copy") || !flag(E.IsCertain, "certain") ||
      !flag(E.IsRepeated, "repeated") || !flag(E.CanPass, "can-pass") ||
      !place(E.Loc) || !spans("via", E.Via) ||
      (In.acceptWord("select") && !place(E.Select)))
    return false;
  E.IsExposed = !IsHidden;
  auto Lock = [&](HeldLock &H) { return held(H); };
  auto Range = [&](auto &R) { return range(R); };
  auto Place = [&](ObjId &O) { return obj(O); };
  return (!In.acceptWord("holds") || list(E.Held, Lock)) &&
         (!In.acceptWord("freed") || list(E.Freed, Place)) &&
         (!In.acceptWord("requires") || list(E.Requires, Range)) &&
         (!In.acceptWord("took") ||
          list(E.Took, [&](TakenLock &T) { return taken(T); })) &&
         (!In.acceptWord("after") || list(E.After, Place)) &&
         (!In.acceptWord("told") || list(E.Told, Place)) && In.endLine();
}

bool Parser::taskLine(Task &T) {
  if (In.acceptWord("does"))
    return event(T.Events.emplace_back());
  bool Throws = In.acceptWord("throws");
  if (!Throws && !In.acceptWord("returns"))
    return In.fail("expected 'does', 'returns' or 'throws'");
  TaskExit &X = T.Exits.emplace_back();
  X.Kind = Throws ? ExitKind::Throw : ExitKind::Return;
  return flag(X.IsCertain, "certain") && place(X.Loc) &&
         (!In.acceptWord("moves") ||
          list(X.Balances, [&](Balance &B) { return balance(B); })) &&
         In.endLine();
}

bool Parser::task(Task &T) {
  return In.quoted(T.Name) && mode(T.How) &&
         (!In.acceptWord("handle") || obj(T.Handle)) &&
         (!In.acceptWord("counts") || obj(T.Counted)) &&
         flag(T.IsOpen, "open") && flag(T.IsBlurred, "blurred") &&
         place(T.Loc) && spans("via", T.Via) && spans("by", T.By) &&
         block([&] { return taskLine(T); });
}

bool Parser::live(LiveTask &L, const Summary &S) {
  Position Start = In.here();
  uint32_t Index = 0;
  if (!In.number(Index))
    return false;
  if (Index >= S.Tasks.size())
    return In.fail(Start, "there is no task " + llvm::Twine(Index));
  L.Task = Index;
  return flag(L.IsMany, "many") && flag(L.IsDetached, "detached") &&
         flag(L.IsStored, "stored") &&
         (!In.acceptWord("before") ||
          list(L.Before, [&](Balance &B) { return balance(B); }));
}

bool Parser::guard(GuardState &G) {
  return obj(G.Guard) && mode(G.How) && flag(G.Owns, "owns") &&
         (!In.acceptWord("of") ||
          list(G.Locks, [&](ObjId &O) { return obj(O); }));
}

bool Parser::outcomeLine(Outcome &O, const Summary &S) {
  auto Place = [&](ObjId &P) { return obj(P); };
  auto Move = [&](Balance &B) { return balance(B); };
  auto Range = [&](auto &R) { return range(R); };
  auto Lock = [&](HeldLock &H) { return held(H); };
  StringRef Word = In.peekWord();
  Position Start = In.here();
  In.accept(Word);
  if (Word == "value")
    return operand(O.Value) && In.endLine();
  if (Word == "moves")
    return list(O.Deltas, Move) && In.endLine();
  if (Word == "pending")
    return list(O.Pending, Move) && In.endLine();
  if (Word == "keeps")
    return list(O.Kept, Lock) && In.endLine();
  if (Word == "releases")
    return list(O.Released, Place) && In.endLine();
  if (Word == "waits")
    return list(O.Waited, Place) && In.endLine();
  if (Word == "live")
    return live(O.Live.emplace_back(), S) && In.endLine();
  if (Word == "owes") {
    OwedCancel &C = O.Owed.emplace_back();
    return obj(C.Context) && (!In.acceptWord("of") || obj(C.Parent)) &&
           flag(C.IsTimed, "timed") && place(C.Made) && spans("via", C.Via) &&
           In.endLine();
  }
  if (Word == "settles")
    return list(O.Settled, Place) && In.endLine();
  if (Word == "binds") {
    auto &[From, To] = O.Bindings.emplace_back();
    return obj(From) && In.expect("=") && operand(To) && In.endLine();
  }
  if (Word == "guard")
    return guard(O.Guards.emplace_back()) && In.endLine();
  if (Word == "uses") {
    GuardUse &G = O.GuardUses.emplace_back();
    return kind(G.Kind) && obj(G.Guard) && In.endLine();
  }
  if (Word == "requires")
    return list(O.Requires, Range) && In.endLine();
  if (Word == "leaves")
    return list(O.Leaves, Range) && In.endLine();
  return In.fail(Start, "unknown word '" + Word + "' of a way out");
}

bool Parser::outcome(Outcome &O, const Summary &S) {
  return flag(O.IsCertain, "certain") && place(O.Loc) &&
         block([&] { return outcomeLine(O, S); });
}

bool Parser::summary(Summary &S) {
  S.IsKnown = true;
  return block([&] {
    if (In.acceptWord("task"))
      return task(S.Tasks.emplace_back());
    if (In.acceptWord("does"))
      return event(S.Events.emplace_back());
    bool Throws = In.acceptWord("throws");
    if (!Throws && !In.acceptWord("returns"))
      return In.fail("expected 'task', 'does', 'returns' or 'throws'");
    Outcome &O = S.Outcomes.emplace_back();
    O.Kind = Throws ? ExitKind::Throw : ExitKind::Return;
    return outcome(O, S);
  });
}

bool Parser::version() {
  while (In.atLineEnd() && !In.atTextEnd())
    In.skipLine();
  if (!In.acceptWord("summaries"))
    return In.fail("expected 'summaries' and their version");
  Position Start = In.here();
  uint32_t Version = 0;
  if (!In.number(Version))
    return false;
  if (Version != SummaryFile::Version)
    return In.fail(Start, "these are summaries of version " +
                              llvm::Twine(Version) + "; this heddle reads " +
                              llvm::Twine(SummaryFile::Version));
  return In.endLine();
}

bool Parser::summaries() {
  ByFunction.resize(U.Functions.size());
  while (!In.atTextEnd()) {
    if (In.atLineEnd()) {
      In.skipLine();
      continue;
    }
    if (!In.acceptWord("summary"))
      return In.fail("expected 'summary'");
    Position Start = In.here();
    FuncId F;
    if (!func(F))
      return false;
    if (ByFunction[F.index()].IsKnown)
      return In.fail(Start, "there are two summaries of this function");
    Here = F;
    if (!summary(ByFunction[F.index()]))
      return false;
    Here = FuncId();
  }
  return true;
}

llvm::Expected<SummaryFile> Parser::run() {
  bool Good = version();
  Position Start = In.here();
  Good = Good && declare();
  if (Good)
    In.moveTo(Start);
  Good = Good && headers() && summaries();
  if (!Good || In.failed())
    return error(In.failure(), In.message());
  for (const ir::Complaint &C : ir::verify(U)) {
    Position At;
    if (C.Object)
      At = ObjectPositions[C.Object.index()];
    else if (C.Function)
      At = FunctionPositions[C.Function.index()];
    return error(At, C.What);
  }
  return SummaryFile{std::move(U), std::move(ByFunction)};
}

} // namespace

bool summary::isSummaryFile(StringRef Text) {
  return ir::text::Cursor(Text).startsText("summaries");
}

llvm::Expected<SummaryFile> summary::parse(StringRef Text, StringRef Name) {
  return Parser(Text, Name).run();
}

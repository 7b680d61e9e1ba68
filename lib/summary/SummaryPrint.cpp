//===- SummaryPrint.cpp - Summaries to text -------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Defaults and empty lists are left out.
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationPrinter.h"
#include "ir/TextNames.h"
#include "summary/SummaryFile.h"

using namespace heddle;
using namespace heddle::summary;

namespace {

class Printer : ir::text::DeclarationPrinter {
public:
  explicit Printer(const SummaryFile &F)
      : DeclarationPrinter(F.Names), File(F) {}
  std::string run();

private:
  template <class List, class Each>
  void list(llvm::StringRef Word, const List &L, const Each &One) {
    for (size_t I = 0; I < L.size(); ++I) {
      OS << (I ? ", " : (" " + Word + " ").str());
      One(L[I]);
    }
  }
  template <class List, class Each>
  void line(llvm::StringRef Word, const List &L, const Each &One) {
    if (L.empty())
      return;
    OS << "   ";
    list(Word, L, One);
    OS << '\n';
  }
  void word(bool Is, llvm::StringRef Word) {
    if (Is)
      OS << ' ' << Word;
  }
  void mode(ir::Mode How) {
    word(How != ir::Mode::Plain, ir::text::Modes[size_t(How)]);
  }
  void where(SourceSpan Loc, const std::vector<SourceSpan> &Via);
  void bound(int64_t V, int64_t Unbounded);
  void range(const std::pair<ObjId, Interval> &R);
  void balance(const Balance &B);
  void held(const HeldLock &H);
  void taken(const TakenLock &T);
  void event(const Event &E, llvm::StringRef Indent);
  void task(const Task &T);
  void live(const LiveTask &L);
  void guard(const GuardState &G);
  void outcome(const Outcome &O);

  const SummaryFile &File;
};

void Printer::where(SourceSpan Loc, const std::vector<SourceSpan> &Via) {
  span(Loc);
  word(!Via.empty(), "via");
  for (SourceSpan V : Via)
    span(V);
}

void Printer::bound(int64_t V, int64_t Unbounded) {
  if (V == Unbounded)
    OS << '*';
  else
    OS << V;
}

void Printer::range(const std::pair<ObjId, Interval> &R) {
  obj(R.first);
  OS << " in ";
  bound(R.second.Lo, Interval::Min);
  OS << "..";
  bound(R.second.Hi, Interval::Max);
}

void Printer::balance(const Balance &B) {
  obj(B.Counter);
  if (B.Delta == Balance::Many)
    OS << " many";
  else
    OS << ' ' << B.Delta;
}

void Printer::held(const HeldLock &H) {
  obj(H.Lock);
  mode(H.How);
  word(H.IsScoped, "scoped");
  span(H.Since);
}

void Printer::taken(const TakenLock &T) {
  obj(T.Lock);
  word(T.OnEveryPath, "always");
  span(T.Loc);
}

void Printer::event(const Event &E, llvm::StringRef Indent) {
  OS << Indent << "does " << ir::mnemonic(E.Kind);
  mode(E.How);
  OS << ' ';
  obj(E.Obj);
  word(!E.IsExposed, "hidden");
  word(E.InTask, "in-task");
  word(E.OnCopy, "on-copy");
  word(E.IsCertain, "certain");
  word(E.IsRepeated, "repeated");
  word(E.CanPass, "can-pass");
  where(E.Loc, E.Via);
  if (E.Select.isValid()) {
    OS << " select";
    span(E.Select);
  }
  auto Place = [&](ObjId O) { obj(O); };
  list("holds", E.Held, [&](const HeldLock &H) { held(H); });
  list("freed", E.Freed, Place);
  list("requires", E.Requires, [&](const auto &R) { range(R); });
  list("took", E.Took, [&](const TakenLock &T) { taken(T); });
  list("after", E.After, Place);
  list("told", E.Told, Place);
  OS << '\n';
}

void Printer::task(const Task &T) {
  OS << "  task ";
  quoted(T.Name);
  mode(T.How);
  for (auto [Word, O] : {std::pair("handle", T.Handle), {"counts", T.Counted}})
    if (O) {
      OS << ' ' << Word << ' ';
      obj(O);
    }
  word(T.IsOpen, "open");
  word(T.IsBlurred, "blurred");
  where(T.Loc, T.Via);
  word(!T.By.empty(), "by");
  for (SourceSpan By : T.By)
    span(By);
  OS << " {\n";
  for (const Event &E : T.Events)
    event(E, "    ");
  for (const TaskExit &X : T.Exits) {
    OS << "    " << (X.Kind == ExitKind::Return ? "returns" : "throws");
    word(X.IsCertain, "certain");
    span(X.Loc);
    list("moves", X.Balances, [&](const Balance &B) { balance(B); });
    OS << '\n';
  }
  OS << "  }\n";
}

void Printer::live(const LiveTask &L) {
  OS << "    live " << L.Task;
  word(L.IsMany, "many");
  word(L.IsDetached, "detached");
  word(L.IsStored, "stored");
  list("before", L.Before, [&](const Balance &B) { balance(B); });
  OS << '\n';
}

void Printer::guard(const GuardState &G) {
  OS << "    guard ";
  obj(G.Guard);
  mode(G.How);
  word(G.Owns, "owns");
  list("of", G.Locks, [&](ObjId O) { obj(O); });
  OS << '\n';
}

void Printer::outcome(const Outcome &O) {
  OS << "  " << (O.Kind == ExitKind::Return ? "returns" : "throws");
  word(O.IsCertain, "certain");
  span(O.Loc);
  OS << " {\n";
  if (O.Value.K != ir::Operand::Kind::None) {
    OS << "    value ";
    operand(O.Value);
    OS << '\n';
  }
  auto Place = [&](ObjId P) { obj(P); };
  auto Move = [&](const Balance &B) { balance(B); };
  auto Range = [&](const auto &R) { range(R); };
  line("moves", O.Deltas, Move);
  line("pending", O.Pending, Move);
  line("keeps", O.Kept, [&](const HeldLock &H) { held(H); });
  line("releases", O.Released, Place);
  line("waits", O.Waited, Place);
  for (const LiveTask &L : O.Live)
    live(L);
  for (const OwedCancel &C : O.Owed) {
    OS << "    owes ";
    obj(C.Context);
    if (C.Parent) {
      OS << " of ";
      obj(C.Parent);
    }
    word(C.IsTimed, "timed");
    where(C.Made, C.Via);
    OS << '\n';
  }
  line("settles", O.Settled, Place);
  for (const auto &[From, To] : O.Bindings) {
    OS << "    binds ";
    obj(From);
    OS << " = ";
    operand(To);
    OS << '\n';
  }
  for (const GuardState &G : O.Guards)
    guard(G);
  for (const GuardUse &G : O.GuardUses) {
    OS << "    uses " << ir::mnemonic(G.Kind) << ' ';
    obj(G.Guard);
    OS << '\n';
  }
  line("requires", O.Requires, Range);
  line("leaves", O.Leaves, Range);
  OS << "  }\n";
}

std::string Printer::run() {
  OS << "summaries " << SummaryFile::Version << '\n';
  objects();
  OS << '\n';
  for (size_t I = 0; I < U.Functions.size(); ++I) {
    OS << "declare ";
    header(FuncId(uint32_t(I)));
    OS << '\n';
  }
  for (size_t I = 0; I < U.Functions.size(); ++I) {
    const Summary &S = File.ByFunction[I];
    if (!S.IsKnown)
      continue;
    OS << "\nsummary ";
    func(FuncId(uint32_t(I)));
    OS << " {\n";
    for (const Task &T : S.Tasks)
      task(T);
    for (const Event &E : S.Events)
      event(E, "  ");
    for (const Outcome &O : S.Outcomes)
      outcome(O);
    OS << "}\n";
  }
  return take();
}

} // namespace

SummaryFile summary::fileOf(const Summaries &All) {
  SummaryFile F;
  F.Names = All.unit();
  for (uint32_t I = 0; I < F.Names.Functions.size(); ++I) {
    F.Names.Functions[I].Blocks.clear();
    F.ByFunction.push_back(All.of(FuncId(I)));
  }
  return F;
}

std::string summary::print(const SummaryFile &F) { return Printer(F).run(); }

//===- DeclarationPrinter.cpp - Names, objects and headers as text --------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Defaults are left out. All objects come first, in the order of their ids,
// for the order of lines is the numbering when the text is read back.
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationPrinter.h"
#include "ir/TextNames.h"
#include "llvm/ADT/StringExtras.h"

using namespace heddle;
using namespace heddle::ir;
using namespace heddle::ir::text;

/// Text with every character that a symbol cannot have replaced.
static std::string symbolStem(llvm::StringRef Text) {
  std::string Stem;
  while (!Text.empty()) {
    // '#' is kept for numbering.
    size_t N = Text[0] == '#' ? 0 : text::symbolLength(Text.split('#').first);
    Stem += Text.take_front(N);
    Text = Text.drop_front(N);
    if (!Text.empty()) {
      Stem += '_';
      Text = Text.drop_front();
    }
  }
  return Stem.empty() ? "x" : Stem;
}

DeclarationPrinter::DeclarationPrinter(const Unit &U) : U(U), OS(Text) {
  nameObjects();
  for (const Function &F : U.Functions)
    FunctionSymbols.push_back(unique(symbolStem(F.Name), FunctionsTaken));
}

std::string DeclarationPrinter::unique(const std::string &Stem,
                                       llvm::StringMap<unsigned> &Taken) {
  unsigned N = ++Taken[Stem];
  return N == 1 ? Stem : Stem + "#" + std::to_string(N);
}

void DeclarationPrinter::nameObjects() {
  for (size_t I = 0; I < U.Objects.size(); ++I) {
    const Object &O = U.Objects[I];
    std::string Stem;
    // A part's base usually comes first; where not, the name alone must do.
    if (O.Base && O.Base.index() < I)
      Stem = llvm::StringRef(ObjectSymbols[O.Base.index()]).split('#').first;
    if (O.Kind == ObjectKind::Element)
      Stem += "[]";
    else if (O.Kind == ObjectKind::Field)
      Stem += (Stem.empty() ? "" : ".") + symbolStem(O.Name);
    else if (O.Name.empty())
      Stem = O.Kind == ObjectKind::Temp ? "tmp" : "x";
    else
      Stem = symbolStem(O.Name);
    ObjectSymbols.push_back(unique(Stem, ObjectsTaken));
  }
}

void DeclarationPrinter::quoted(llvm::StringRef S) {
  OS << '"';
  for (unsigned char C : S) {
    if (C == '"' || C == '\\' || !llvm::isPrint(C))
      OS << '\\' << llvm::hexdigit(C >> 4) << llvm::hexdigit(C & 15);
    else
      OS << C;
  }
  OS << '"';
}

void DeclarationPrinter::span(const SourceSpan &S) {
  if (!S.isValid())
    return;
  OS << " !";
  if (S.File.index() != 0)
    OS << S.File.index() << '@';
  OS << S.Line << ':' << S.Column;
  if (S.EndLine != 0)
    OS << '-' << S.EndLine << ':' << S.EndColumn;
}

void DeclarationPrinter::obj(ObjId O) {
  if (O)
    OS << '%' << ObjectSymbols[O.index()];
  else
    OS << "none";
}

void DeclarationPrinter::expr(const ExprRef &E) {
  switch (E->Kind) {
  case ExprKind::Int:
    OS << E->Value;
    return;
  case ExprKind::Var:
    obj(E->Obj);
    return;
  case ExprKind::Unknown:
    OS << '?';
    return;
  case ExprKind::Not:
    // "!3" would be a span.
    OS << (E->Lhs->Kind == ExprKind::Int ? "!(" : "!");
    expr(E->Lhs);
    OS << (E->Lhs->Kind == ExprKind::Int ? ")" : "");
    return;
  default:
    break;
  }
  for (const text::BinaryOperator &B : text::BinaryOperators)
    if (B.Kind == E->Kind) {
      OS << '(';
      expr(E->Lhs);
      OS << ' ' << B.Word << ' ';
      expr(E->Rhs);
      OS << ')';
    }
}

void DeclarationPrinter::callable(const Callable &C) {
  if (C.Targets.size() == 1) {
    func(C.Targets[0]);
  } else if (!C.Targets.empty() || !C.Place) {
    OS << '{';
    for (size_t I = 0; I < C.Targets.size(); ++I) {
      OS << (I ? " | " : "");
      func(C.Targets[I]);
    }
    OS << '}';
  }
  if (C.Place) {
    OS << '*';
    obj(C.Place);
  }
  if (C.Open)
    OS << '?';
  if (C.Virtual || C.This || !C.Bound.empty()) {
    OS << '[';
    if (C.Virtual) {
      OS << "virtual ";
      func(C.Virtual);
      OS << (C.This || !C.Bound.empty() ? ", " : "");
    }
    if (C.This) {
      OS << "this ";
      obj(C.This);
      OS << (C.Bound.empty() ? "" : ", ");
    }
    operands(C.Bound);
    OS << ']';
  }
  if (C.Name != text::defaultName(U, C))
    quoted(C.Name);
}

void DeclarationPrinter::operand(const Operand &O) {
  switch (O.K) {
  case Operand::Kind::None:
    OS << '_';
    break;
  case Operand::Kind::Place:
    obj(O.Obj);
    break;
  case Operand::Kind::Value:
    // A bare place would be the place itself, not its value.
    if (O.Value->Kind == ExprKind::Var) {
      OS << '(';
      expr(O.Value);
      OS << ')';
    } else {
      expr(O.Value);
    }
    break;
  case Operand::Kind::Function:
    callable(*O.Fn);
    break;
  }
}

void DeclarationPrinter::operands(llvm::ArrayRef<Operand> List) {
  for (size_t I = 0; I < List.size(); ++I) {
    OS << (I ? ", " : "");
    operand(List[I]);
  }
}

void DeclarationPrinter::object(ObjId Id) {
  const Object &O = U.object(Id);
  const std::string &Symbol = ObjectSymbols[Id.index()];
  OS << '%' << Symbol << " = " << text::ObjectKinds[size_t(O.Kind)];
  if (O.Type != TypeClass::Other)
    OS << ' ' << text::TypeClasses[size_t(O.Type)];
  for (const text::ObjectFlag &F : text::ObjectFlags)
    if (O.*F.Member)
      OS << ' ' << F.Word;
  if (O.Base) {
    OS << " of ";
    obj(O.Base);
  }
  if (O.Owner) {
    OS << " in ";
    func(O.Owner);
  }
  if (O.Name != text::defaultName(O.Kind, Symbol)) {
    OS << " named ";
    quoted(O.Name);
  }
  if (!O.Usr.empty()) {
    OS << " usr ";
    quoted(O.Usr);
  }
  span(O.Loc);
  OS << '\n';
}

void DeclarationPrinter::header(FuncId Id) {
  const Function &F = U.function(Id);
  const std::string &Symbol = FunctionSymbols[Id.index()];
  func(Id);
  OS << '(';
  for (size_t I = 0; I < F.Params.size(); ++I) {
    OS << (I ? ", " : "");
    obj(F.Params[I]);
  }
  OS << ')';
  for (const text::FunctionFlag &Flag : text::FunctionFlags)
    if (F.*Flag.Member)
      OS << ' ' << Flag.Word;
  if (F.This) {
    OS << " this ";
    obj(F.This);
  }
  if (F.Parent) {
    OS << " parent ";
    func(F.Parent);
  }
  for (FuncId Overridden : F.Overrides) {
    OS << " overrides ";
    func(Overridden);
  }
  if (F.Name != text::defaultName(Symbol)) {
    OS << " named ";
    quoted(F.Name);
  }
  if (F.Usr != Symbol) {
    OS << " usr ";
    quoted(F.Usr);
  }
  span(F.Loc);
  if (F.End.isValid()) {
    OS << " end";
    span(F.End);
  }
}

void DeclarationPrinter::objects() {
  OS << "unit ";
  quoted(U.MainFile);
  OS << '\n';
  if (U.Linked != 1)
    OS << "linked " << U.Linked << '\n';
  for (const std::string &File : U.Files) {
    OS << "file ";
    quoted(File);
    OS << '\n';
  }
  if (!U.Objects.empty())
    OS << '\n';
  for (size_t I = 0; I < U.Objects.size(); ++I)
    object(ObjId(uint32_t(I)));
}

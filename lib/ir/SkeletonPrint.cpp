//===- SkeletonPrint.cpp - Skeletons to text ------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// DeclarationPrinter.cpp has the parts; here are bodies.
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationPrinter.h"
#include "ir/SkeletonText.h"
#include "ir/TextNames.h"

using namespace heddle;
using namespace heddle::ir;

namespace {

class Printer : text::DeclarationPrinter {
public:
  explicit Printer(const Unit &U) : DeclarationPrinter(U) {}

  std::string unit();
  std::string expression(const ExprRef &E) {
    expr(E);
    return take();
  }

private:
  void block(BlockId B) { OS << 'b' << B.index(); }
  void function(FuncId Id);
  void op(const Op &O);
  void terminator(const Terminator &T);
  void cases(const Terminator &T);
};

void Printer::op(const Op &O) {
  OS << "  " << (O.Deferred ? "deferred " : "") << mnemonic(O.Kind);
  if (O.How != Mode::Plain)
    OS << ' ' << text::Modes[size_t(O.How)];
  if (O.Guard != GuardMode::Acquire)
    OS << ' ' << text::GuardModes[size_t(O.Guard)];
  if (O.When != Given::Always)
    OS << ' ' << text::Givens[size_t(O.When)];
  bool HasCallable = O.Fn.isPresent();
  if (O.Obj || (!HasCallable && !O.Args.empty())) {
    OS << ' ';
    obj(O.Obj);
  }
  if (HasCallable) {
    OS << ' ';
    callable(O.Fn);
    OS << '(';
    operands(O.Args);
    OS << ')';
  } else if (!O.Args.empty()) {
    bool Assigns = O.Kind == OpKind::Set || O.Kind == OpKind::Bind ||
                   O.Kind == OpKind::Next;
    OS << (Assigns ? " = " : ", ");
    operands(O.Args);
  }
  if (O.Other) {
    OS << " with ";
    obj(O.Other);
  }
  if (O.Result) {
    OS << " -> ";
    obj(O.Result);
  }
  if (O.Unwind) {
    OS << " unwind ";
    block(O.Unwind);
  }
  span(O.Loc);
  OS << '\n';
}

void Printer::cases(const Terminator &T) {
  OS << " [\n";
  for (const SelectCase &C : T.Cases) {
    OS << "    " << text::CaseKinds[size_t(C.K)];
    if (C.Channel) {
      OS << ' ';
      obj(C.Channel);
    }
    if (C.Value.K != Operand::Kind::None) {
      OS << ", ";
      operand(C.Value);
    }
    if (C.Result) {
      OS << " -> ";
      obj(C.Result);
    }
    OS << ": ";
    block(C.Target);
    span(C.Loc);
    OS << '\n';
  }
  OS << "  ]";
}

void Printer::terminator(const Terminator &T) {
  OS << "  " << text::Terminators[size_t(T.K)];
  if (T.Cond) {
    OS << ' ';
    expr(T.Cond);
    OS << (T.Succs.empty() ? "" : ",");
  }
  for (size_t I = 0; I < T.Succs.size(); ++I) {
    OS << (I ? ", " : " ");
    if (I < T.Values.size())
      OS << T.Values[I] << ": ";
    block(T.Succs[I]);
  }
  if (T.K == Terminator::Kind::Select)
    cases(T);
  if (T.Value.K != Operand::Kind::None) {
    OS << ' ';
    operand(T.Value);
  }
  span(T.Loc);
  OS << '\n';
}

void Printer::function(FuncId Id) {
  const Function &F = U.function(Id);
  OS << '\n' << (F.hasBody() ? "func " : "declare ");
  header(Id);
  if (!F.hasBody()) {
    OS << '\n';
    return;
  }
  OS << " {\n";
  for (size_t I = 0; I < F.Blocks.size(); ++I) {
    OS << 'b' << I << ":\n";
    for (const Op &O : F.Blocks[I].Ops)
      op(O);
    terminator(F.Blocks[I].Term);
  }
  OS << "}\n";
}

std::string Printer::unit() {
  OS << "skeleton " << text::Version << '\n';
  objects();
  for (size_t I = 0; I < U.Functions.size(); ++I)
    function(FuncId(uint32_t(I)));
  return take();
}

} // namespace

std::string ir::print(const Unit &U) { return Printer(U).unit(); }

std::string ir::print(const Unit &U, const ExprRef &E) {
  return Printer(U).expression(E);
}

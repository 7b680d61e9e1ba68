//===- LowerNumber.cpp - Arithmetic that is kept --------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How many chunks, workers or turns there are is what programs compute with
// division, shifts, std::min and their like. What they give is a value and no
// place, although std::min gives a reference: who binds one to it knows nothing
// of its value.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"

using namespace clang;

namespace heddle::extract {

using ir::ExprKind;
using ExprRef = ir::ExprRef;

static ExprKind kindOf(BinaryOperatorKind K) {
  switch (K) {
  case BO_LAnd:
    return ExprKind::And;
  case BO_LOr:
    return ExprKind::Or;
  case BO_EQ:
    return ExprKind::Eq;
  case BO_NE:
    return ExprKind::Ne;
  case BO_LT:
    return ExprKind::Lt;
  case BO_LE:
    return ExprKind::Le;
  case BO_GT:
    return ExprKind::Gt;
  case BO_GE:
    return ExprKind::Ge;
  case BO_Add:
  case BO_AddAssign:
    return ExprKind::Plus;
  case BO_Sub:
  case BO_SubAssign:
    return ExprKind::Minus;
  case BO_Mul:
  case BO_MulAssign:
  case BO_Shl:
  case BO_ShlAssign:
    return ExprKind::Times;
  case BO_Rem:
  case BO_RemAssign:
    return ExprKind::Rem;
  case BO_Div:
  case BO_DivAssign:
  case BO_Shr:
  case BO_ShrAssign:
    return ExprKind::Quot;
  case BO_And:
  case BO_AndAssign:
    return ExprKind::BitAnd;
  case BO_Or:
  case BO_OrAssign:
    return ExprKind::BitOr;
  case BO_Xor:
  case BO_XorAssign:
    return ExprKind::BitXor;
  default:
    return ExprKind::Unknown;
  }
}

bool Lowering::isKept(const BinaryOperator *O) {
  return kindOf(O->getOpcode()) != ExprKind::Unknown;
}

static bool isZero(const ExprRef &E) {
  return E->Kind == ExprKind::Int && E->Value == 0;
}

/// What O computes, of its operands; of a compound assignment, the new value.
ExprRef Lowering::binaryValue(const BinaryOperator *O) {
  ExprKind K = kindOf(O->getOpcode());
  auto IsReal = [](const Expr *E) { return E->getType()->isFloatingType(); };
  if (K == ExprKind::Unknown || IsReal(O->getLHS()) || IsReal(O->getRHS()))
    return ir::Expr::unknown();
  if (O->isLogicalOp())
    return ir::Expr::binary(K, truth(O->getLHS()), truth(O->getRHS()));
  ExprRef L = value(O->getLHS()), R = value(O->getRHS());
  if (O->isShiftOp() || O->isShiftAssignOp()) {
    if (R->Kind != ExprKind::Int || R->Value < 0 || R->Value > 62)
      K = K == ExprKind::Times ? ExprKind::Shl : ExprKind::Shr;
    else
      R = ir::Expr::integer(int64_t(1) << R->Value);
  }
  if ((K == ExprKind::Eq || K == ExprKind::Ne) && isZero(R) &&
      isNeverNegative(bare(O->getLHS())->getType()))
    K = K == ExprKind::Eq ? ExprKind::Le : ExprKind::Gt;
  Expr::EvalResult Constant;
  if (L->Kind == ExprKind::Int && R->Kind == ExprKind::Int &&
      !O->isAssignmentOp() && !O->isValueDependent() &&
      O->EvaluateAsInt(Constant, B.Ctx) &&
      Constant.Val.getInt().isRepresentableByInt64())
    return ir::Expr::integer(Constant.Val.getInt().getExtValue());
  return ir::Expr::binary(K, L, R);
}

/// std::min and its like, of numbers.
void Lowering::lowerNumber(const CallSite &S, const models::CallRow &Row) {
  if (Row.E == models::Effect::Size) {
    const Expr *Of = roleExpr(Row.Object, S);
    ObjId C = isContainer(Of) ? place(Of) : ObjId();
    if (!C)
      return;
    access(ir::OpKind::Read, Of);
    auto Fixed = fixedSize(Of->getType());
    Results[S.E] = ir::Operand::value(Fixed ? ir::Expr::integer(*Fixed)
                                            : ir::Expr::var(sizeOf(C)));
    return;
  }
  llvm::SmallVector<const Expr *, 4> Of;
  for (size_t I = size_t(Row.Args.Index); I < S.Args.size(); ++I)
    Of.push_back(S.Args[I]);
  if (Of.size() == 1)
    if (const auto *List =
            dyn_cast_or_null<CXXStdInitializerListExpr>(bare(Of[0]))) {
      Of.clear();
      if (const auto *L = dyn_cast<InitListExpr>(bare(List->getSubExpr())))
        Of.append(L->inits().begin(), L->inits().end());
    }
  std::vector<ExprRef> In;
  for (const Expr *E : Of) {
    if (!E->getType().getNonReferenceType()->isIntegralOrEnumerationType())
      return;
    In.push_back(value(E));
  }
  // Deep trees are as good as unknown; see LowerValue.
  if (In.empty() || In.size() > 16)
    return;
  auto Both = [](ExprKind K, ExprRef A, ExprRef B) {
    return ir::Expr::binary(K, std::move(A), std::move(B));
  };
  ExprRef Out = In[0];
  switch (Row.E) {
  case models::Effect::Minimum:
  case models::Effect::Maximum:
    for (size_t I = 1; I < In.size(); ++I)
      Out =
          Both(Row.E == models::Effect::Minimum ? ExprKind::Min : ExprKind::Max,
               std::move(Out), In[I]);
    break;
  case models::Effect::Clamp:
    if (In.size() != 3)
      return;
    Out = Both(ExprKind::Min, Both(ExprKind::Max, Out, In[1]), In[2]);
    break;
  case models::Effect::Absolute:
    Out = Both(ExprKind::Max, Out,
               Both(ExprKind::Minus, ir::Expr::integer(0), Out));
    break;
  default:
    return;
  }
  Results[S.E] = ir::Operand::value(std::move(Out));
}

} // namespace heddle::extract

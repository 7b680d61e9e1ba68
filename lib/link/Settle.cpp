//===- Settle.cpp - What is not linked is unknown -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Settle.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::link;

namespace {

class Settler {
public:
  explicit Settler(ir::Unit &U) : U(U) {}

  void block(ir::Block &B, std::vector<UnseenThrower> &Throwers) {
    std::vector<ir::Op> Kept;
    size_t Pending = 0; // behind the call before
    for (ir::Op &Op : B.Ops) {
      bool IsSeen =
          std::any_of(Op.Fn.Targets.begin(), Op.Fn.Targets.end(),
                      [&](FuncId T) { return U.function(T).hasBody(); });
      bool IsCall = Op.Kind == ir::OpKind::Call;
      // What the ends of scopes call seldom throws, whatever its type says.
      if (IsCall && !Op.Deferred && mayThrowUnseen(Op.Fn))
        Throwers.push_back({Op.Loc, Op.Unwind, nameOf(Op.Fn)});
      if (IsCall)
        Pending = decide(Kept, Pending, IsSeen);
      settle(Op.Fn);
      operands(Op.Args);
      if (Op.When == ir::Given::Seen && !IsSeen && !forgetCall(Op))
        continue;
      if (Op.When == ir::Given::Seen)
        Op.When = ir::Given::Always;
      Kept.push_back(std::move(Op));
      if (IsCall)
        Pending = Kept.size();
    }
    decide(Kept, Pending, false);
    B.Ops = std::move(Kept);
    for (ir::SelectCase &C : B.Term.Cases)
      operand(C.Value);
    operand(B.Term.Value);
  }

private:
  /// Something that C may be has no body here and does not say that it never
  /// throws.
  bool mayThrowUnseen(const ir::Callable &C) const {
    if (C.Virtual && U.function(C.Virtual).IsNoexcept)
      return false;
    return C.Open || (C.Targets.empty() && C.Place) ||
           std::any_of(C.Targets.begin(), C.Targets.end(), [&](FuncId T) {
             const ir::Function &F = U.function(T);
             return !F.hasBody() && !F.IsNoexcept;
           });
  }

  std::string nameOf(const ir::Callable &C) const {
    if (!C.Targets.empty())
      return U.function(C.Targets[0]).Name;
    return C.Place ? U.describe(C.Place) : C.Name;
  }

  /// What was noted before a call stays when its callee is not seen.
  static size_t decide(std::vector<ir::Op> &Kept, size_t From, bool IsSeen) {
    if (IsSeen)
      Kept.erase(std::remove_if(Kept.begin() + long(From), Kept.end(),
                                [](const ir::Op &Op) {
                                  return Op.When == ir::Given::Unseen;
                                }),
                 Kept.end());
    for (size_t I = From; I < Kept.size(); ++I)
      Kept[I].When = ir::Given::Always;
    return Kept.size();
  }

  /// A call that has nothing to act on only makes its result unknown. False
  /// when nothing is left of it.
  bool forgetCall(ir::Op &Op) {
    if (!Op.Result)
      return false;
    ir::Op Left{};
    Left.Loc = Op.Loc;
    if (U.object(Op.Result).Type == ir::TypeClass::Value) {
      Left.Kind = ir::OpKind::Havoc;
      Left.Obj = Op.Result;
    } else {
      Left.Kind = ir::OpKind::Call;
      Left.Fn.Open = true;
      Left.Fn.Name = Op.Fn.Name;
      Left.Result = Op.Result;
    }
    Op = std::move(Left);
    return true;
  }

  /// True when it was changed.
  bool settle(ir::Callable &C) {
    size_t Before = C.Targets.size();
    std::erase_if(C.Targets,
                  [&](FuncId T) { return !U.function(T).hasBody(); });
    bool Changed = C.Targets.size() != Before;
    C.Open |= Changed;
    return operands(C.Bound) || Changed;
  }

  bool operands(std::vector<ir::Operand> &List) {
    bool Changed = false;
    for (ir::Operand &O : List)
      Changed |= operand(O);
    return Changed;
  }

  bool operand(ir::Operand &O) {
    if (O.K != ir::Operand::Kind::Function)
      return false;
    ir::Callable New = *O.Fn;
    if (!settle(New))
      return false;
    O = ir::Operand::function(std::move(New));
    return true;
  }

  ir::Unit &U;
};

} // namespace

std::vector<std::vector<UnseenThrower>> link::settle(ir::Unit &U) {
  std::vector<std::vector<UnseenThrower>> Throwers(U.Functions.size());
  Settler S(U);
  for (size_t I = 0; I < U.Functions.size(); ++I)
    for (ir::Block &B : U.Functions[I].Blocks)
      S.block(B, Throwers[I]);
  return Throwers;
}

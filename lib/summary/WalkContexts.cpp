//===- WalkContexts.cpp - Contexts and their cancel functions -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who derives a context owes a call of its cancel function, and may hand that
// duty on: store the function, return it, give it to a task, a closure or code
// out of sight. What holds the function is the context with it (`scope`), the
// function itself (`scope.cancel`), and what either was bound into. To hold
// the context alone (`scope.ctx`) is no duty.
//
//===----------------------------------------------------------------------===//

#include "summary/Walker.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::summary {

using ir::OpKind;
using ir::TypeClass;

ObjId contextOf(const ir::Unit &U, ObjId O) {
  if (!O)
    return O;
  const ir::Object &Obj = U.object(O);
  bool IsPart = Obj.Type == TypeClass::Context || Obj.Type == TypeClass::Cancel;
  return IsPart && Obj.Base && U.object(Obj.Base).Type == TypeClass::Context
             ? Obj.Base
             : O;
}

bool isWithin(const ir::Unit &U, ObjId O, ObjId Whole) {
  for (; O; O = U.object(O).Base)
    if (O == Whole)
      return true;
  return false;
}

/// O is, or is part of it, the function that cancels Context.
static bool holds(const ir::Unit &U, ObjId O, ObjId Context) {
  return O == Context || isWithin(U, Context, O) ||
         (U.object(O).Type == TypeClass::Cancel && contextOf(U, O) == Context);
}

/// Whoever has O can cancel Context: by what O is or by what is stored in it.
static bool holds(const ir::Unit &U, const PathState &S, ObjId O,
                  ObjId Context) {
  if (holds(U, O, Context))
    return true;
  return llvm::any_of(S.Bindings, [&](const auto &B) {
    return B.second.K == ir::Operand::Kind::Place &&
           holds(U, B.second.Obj, Context) && isWithin(U, B.first, O);
  });
}

void Walker::derive(PathState &S, ObjId Context, const ir::Op &Op) {
  std::erase_if(S.Owed,
                [&](const OwedCancel &C) { return C.Context == Context; });
  S.unbind(Context);
  OwedCancel New;
  New.Context = Context;
  New.Made = Op.Loc;
  New.IsTimed = Op.How == ir::Mode::Timed;
  if (!Op.Args.empty() && Op.Args[0].K == ir::Operand::Kind::Place)
    New.Parent = contextOf(U, resolve(U, S, Op.Args[0].Obj));
  S.Owed.push_back(std::move(New));
}

/// Context is cancelled, or somebody else has the means to cancel it.
void Walker::settle(PathState &S, ObjId Context) {
  if (!Context)
    return;
  Context = contextOf(U, Context);
  // With it go those that were derived from it.
  std::vector<ObjId> Todo{Context};
  while (!Todo.empty()) {
    ObjId Now = Todo.back();
    Todo.pop_back();
    std::erase_if(S.Owed, [&](const OwedCancel &C) {
      if (C.Parent == Now && C.Context != Now)
        Todo.push_back(C.Context);
      return C.Context == Now || C.Parent == Now;
    });
  }
  TypeClass Type = U.object(Context).Type;
  if ((Type == TypeClass::Context || Type == TypeClass::Cancel) &&
      isOutside(Context) && !llvm::is_contained(S.Settled, Context))
    S.Settled.push_back(Context);
}

void Walker::handOn(PathState &S, ObjId O) {
  if (!O)
    return;
  std::vector<ObjId> Theirs;
  for (const OwedCancel &C : S.Owed)
    if (holds(U, S, O, C.Context))
      Theirs.push_back(C.Context);
  for (ObjId Context : Theirs)
    settle(S, Context);
  // A function that was given one gives it on.
  if (U.object(O).Type == TypeClass::Cancel)
    settle(S, O);
}

/// What a closure that is kept or given away could cancel when it runs: what
/// it cancels itself, and what it has in hand to give on.
void Walker::handOn(PathState &S, const ir::Callable &Fn, unsigned Depth) {
  constexpr unsigned MaxDepth = 4; // Closures made inside closures.
  auto Place = [&](ObjId O) {
    if (O && (Depth == 0 || U.object(O).Type == TypeClass::Cancel ||
              U.object(O).Type == TypeClass::Context))
      handOn(S, resolve(U, S, O));
  };
  auto Each = [&](const std::vector<ir::Operand> &Args) {
    for (const ir::Operand &A : Args)
      if (A.K == ir::Operand::Kind::Place)
        Place(A.Obj);
      else if (A.K == ir::Operand::Kind::Function && Depth < MaxDepth)
        handOn(S, *A.Fn, Depth + 1);
  };
  if (Fn.Place)
    Place(Fn.Place);
  Each(Fn.Bound);
  static const std::vector<ir::Operand> NoArgs;
  for (FuncId Target : Fn.Targets) {
    const Summary &Runs = All.of(Target);
    Renaming Rename(U, S, Target, resolve(U, S, Fn.This), NoArgs);
    for (const Event &E : Rename(Runs.Events))
      if (E.Kind == OpKind::Cancel)
        settle(S, E.Obj);
    if (!U.function(Target).IsLambda)
      continue;
    ++Depth; // An object that is only used in there is not in hand.
    for (const ir::Block &B : U.function(Target).Blocks)
      for (const ir::Op &Op : B.Ops) {
        if (Op.Obj && U.object(Op.Obj).Type == TypeClass::Cancel)
          Place(Op.Obj);
        Each(Op.Args);
        if (Op.Fn.isPresent() && Depth < MaxDepth)
          handOn(S, Op.Fn, Depth + 1);
      }
    --Depth;
  }
}

void Walker::handOn(PathState &S, const ir::Operand &A) {
  if (A.K == ir::Operand::Kind::Place)
    handOn(S, resolve(U, S, A.Obj));
  else if (A.K == ir::Operand::Kind::Function)
    handOn(S, *A.Fn, 0);
}

/// A place is bound: what is kept where no name leads is given away.
void Walker::keep(PathState &S, ObjId In, const ir::Operand &What) {
  if (What.K == ir::Operand::Kind::Function)
    return handOn(S, *What.Fn, 0);
  if (What.K != ir::Operand::Kind::Place || !In)
    return;
  const ir::Object &Obj = U.object(In);
  if (U.isSummarised(In) || Obj.Type == TypeClass::Callable ||
      Obj.Kind == ir::ObjectKind::Global || Obj.Kind == ir::ObjectKind::Static)
    handOn(S, What);
}

/// New, of which In may be a name from here on, is kept with all that it has.
void Walker::keepParts(PathState &S, ObjId In, ObjId New) {
  std::vector<std::pair<ObjId, ir::Operand>> Has;
  for (const auto &[Place, To] : S.Bindings)
    if (Place != New && isWithin(U, Place, New))
      Has.emplace_back(rebase(U, Place, New, In), To);
  for (auto &[Place, To] : Has) {
    if (!Place)
      continue;
    keep(S, slot(S, Place), To);
    S.bind(Place, std::move(To));
  }
}

/// The one name by which the caller will know the function that cancels C;
/// none when there is none. IsKept: there are names, one or several.
static ObjId nameOutside(ir::Unit &U, const PathState &S, FuncId F,
                         ObjId Returned, const OwedCancel &C, bool &IsKept) {
  auto IsOutside = [&](ObjId O) {
    const ir::Object &Root = U.object(U.root(O));
    switch (Root.Kind) {
    case ir::ObjectKind::Local:
    case ir::ObjectKind::Temp:
    case ir::ObjectKind::Capture:
      return Root.Owner != F || (Returned && isWithin(U, O, Returned));
    default:
      return true;
    }
  };
  std::vector<ObjId> Names;
  if (IsOutside(C.Context) || (Returned && holds(U, Returned, C.Context)))
    Names.push_back(C.Context);
  for (const auto &[Place, To] : S.Bindings) {
    if (To.K != ir::Operand::Kind::Place || !holds(U, To.Obj, C.Context) ||
        !IsOutside(Place))
      continue;
    // The object that holds it, or the function itself.
    Names.push_back(isWithin(U, C.Context, To.Obj)
                        ? rebase(U, C.Context, To.Obj, Place)
                        : Place);
  }
  IsKept = !Names.empty();
  return Names.size() == 1 ? Names[0] : ObjId();
}

void Walker::leaveOwed(PathNode &Node, const ir::Terminator &T) {
  const PathState &S = *Node.Before;
  if (S.Owed.empty())
    return;
  ObjId Returned;
  PathState Rest = S;
  if (T.K == ir::Terminator::Kind::Return) {
    if (T.Value.K == ir::Operand::Kind::Place)
      Returned = resolve(U, S, T.Value.Obj);
    else
      handOn(Rest, T.Value);
  }
  for (OwedCancel C : Rest.Owed) {
    bool IsKept = false;
    ObjId Name = nameOutside(U, S, F, Returned, C, IsKept);
    if (!IsKept) {
      Node.Lost.push_back(C);
    } else if (Name && Node.Exit == ExitKind::Return) {
      C.Context = Name;
      C.Parent = {};
      Node.Owed.push_back(C);
    }
  }
}

/// Takes over what a callee owes, in the caller's names.
void Walker::takeOver(PathState &S, const Outcome &O, const Renaming &Rename,
                      SourceSpan CallSite) {
  for (ObjId Context : O.Settled)
    settle(S, Rename(Context));
  for (OwedCancel C : O.Owed) {
    C.Context = Rename(C.Context);
    if (!C.Context || U.isSummarised(C.Context))
      continue;
    C.Context = contextOf(U, C.Context);
    C.Via.insert(C.Via.begin(), CallSite);
    if (C.Via.size() > MaxVia)
      continue;
    std::erase_if(S.Owed, [&](const OwedCancel &Known) {
      return Known.Context == C.Context;
    });
    std::erase(S.Settled, C.Context);
    S.Owed.push_back(std::move(C));
  }
}

} // namespace heddle::summary

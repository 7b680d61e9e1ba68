//===- Parallel.cpp -------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Parallel.h"
#include "ir/Flow.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::rules {

using ir::ObjectKind;
using ir::OpKind;

/// More are not looked at: functions that long are generated.
static constexpr size_t MaxHappenings = 2'000;

//===----------------------------------------------------------------------===//
// Identity
//===----------------------------------------------------------------------===//

LockIdentity::LockIdentity(const link::Program &P)
    : U(P.unit()), Refs(P.summaries().referents()) {
  findOnlyOnes();
}

void LockIdentity::findOnlyOnes() {
  if (llvm::none_of(U.Functions,
                    [](const ir::Function &F) { return F.IsMain; }))
    return;
  std::map<SourceSpan, unsigned> Made;
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops) {
        if (Op.Kind != OpKind::Make || !Op.Obj)
          continue;
        const ir::Object &O = U.object(Op.Obj);
        if (O.Kind != ObjectKind::Field || !O.Loc.isValid())
          continue;
        bool IsOwn = F.IsConstructor && F.This && U.root(Op.Obj) == F.This &&
                     !U.isSummarised(Op.Obj);
        Made[O.Loc] +=
            IsOwn ? Refs.instancesOf(FuncId(uint32_t(&F - U.Functions.data())))
                  : 2;
      }
  for (const auto &[Loc, Count] : Made)
    if (Count == 1)
      OnlyOnes.insert(Loc);
}

bool LockIdentity::isOnlyOne(ObjId Lock) const {
  const ir::Object &O = U.object(Lock);
  return O.Kind == ObjectKind::Field && OnlyOnes.count(O.Loc);
}

bool LockIdentity::isVariable(ObjId O) const {
  if (U.isSummarised(O))
    return false;
  for (ObjId At = O; At; At = U.object(At).Base)
    if (U.object(At).IsAlias)
      return false;
  switch (U.object(U.root(O)).Kind) {
  case ObjectKind::Global:
  case ObjectKind::Static:
  case ObjectKind::Local:
  case ObjectKind::Temp:
    return true;
  default:
    return false;
  }
}

/// A and B are reached in the same way from `this`, by its own members.
static bool sameMember(const ir::Unit &U, ObjId A, ObjId B) {
  for (; A && B; A = U.object(A).Base, B = U.object(B).Base) {
    const ir::Object &X = U.object(A), &Y = U.object(B);
    if (X.Kind != Y.Kind)
      return false;
    if (X.Kind == ObjectKind::This)
      return true;
    if (X.Kind != ObjectKind::Field || X.IsAlias || !sameDeclaration(U, A, B))
      return false;
  }
  return false;
}

Same LockIdentity::same(ObjId A, ObjId B, bool OfOneObject) const {
  if (!A || !B)
    return Same::No;
  if (A != B && !sameDeclaration(U, A, B))
    return Same::No;
  if (isOnlyOne(A))
    return Same::Yes;
  if (A == B)
    return U.isSummarised(A) ? Same::Perhaps : Same::Yes;
  if (OfOneObject && sameMember(U, A, B))
    return Same::Yes;
  bool VariableA = isVariable(A), VariableB = isVariable(B);
  if (VariableA && VariableB)
    return Same::No;
  if (auto At = Refs.variable(A), Bt = Refs.variable(B); At && Bt)
    return *At == *Bt ? Same::Yes : Same::No;
  // What was just made is nobody else's yet.
  auto IsNew = [&](ObjId O) {
    return U.object(U.root(O)).Kind == ObjectKind::Temp;
  };
  if ((VariableA && IsNew(A)) || (VariableB && IsNew(B)))
    return Same::No;
  return Same::Perhaps;
}

//===----------------------------------------------------------------------===//
// Situations
//===----------------------------------------------------------------------===//

bool Situation::runsBeside(unsigned S, const Happening &A) const {
  if (S == A.Strand)
    return Strands[S].IsMany;
  if (Graph && A.At && Strands[S].Task)
    return Graph->running(*A.At,
                          unsigned(Strands[S].Task - Graph->Tasks.data())) > 0;
  return Together[S][A.Strand];
}

bool Situation::atOnce(const Happening &A, const Happening &B) const {
  return runsBeside(A.Strand, B) && runsBeside(B.Strand, A);
}

/// The tasks of G and its own path beside them.
static Situation beside(const summary::PathGraph &G, EventFilter Keep) {
  Situation S;
  S.Graph = &G;
  for (const summary::Task &T : G.Tasks)
    S.Strands.push_back({&T, false, G.Func});
  unsigned Own = unsigned(S.Strands.size());
  S.Strands.push_back({nullptr, false, G.Func});
  S.Together.assign(Own + 1, std::vector<bool>(Own + 1));
  for (unsigned T = 0; T < Own; ++T)
    for (const summary::Event &E : G.Tasks[T].Events)
      if (Keep(E) && S.Happenings.size() < MaxHappenings)
        S.Happenings.push_back({&E, T, E.IsCertain, nullptr});
  std::set<std::pair<uint32_t, uint32_t>> Seen; // points
  for (const summary::PathNode &N : G.Nodes) {
    std::vector<unsigned> Now;
    for (unsigned T = 0; T < Own; ++T)
      if (unsigned Count = G.running(N, T)) {
        Now.push_back(T);
        S.Strands[T].IsMany |= Count > 1;
      }
    if (Now.empty())
      continue;
    if (Seen.insert({N.Block.index(), N.OpIndex}).second)
      for (unsigned A : Now) {
        S.Together[A][Own] = S.Together[Own][A] = true;
        for (unsigned B : Now)
          S.Together[A][B] = true;
      }
    for (const summary::Event &E : N.Does)
      if (!E.InTask && Keep(E) && S.Happenings.size() < MaxHappenings)
        S.Happenings.push_back(
            {&E, Own, E.IsCertain && N.Before->IsCertain, &N});
  }
  return S;
}

/// Its tasks go on when the function returns: it waits for nothing.
static bool leavesItsTasks(const summary::PathGraph &G) {
  for (const summary::PathNode &N : G.Nodes)
    for (const summary::Event &E : N.Does)
      if (!E.InTask && summary::isWait(E.Kind))
        return false;
  return true;
}

/// The functions of a library that others call, on one object or on globals,
/// and, WithTasks, the tasks that each object starts when it is made.
static Situation ofLibrary(const link::Program &P, EventFilter Keep,
                           bool WithTasks) {
  const ir::Unit &U = P.unit();
  std::vector<bool> IsUsed(U.Functions.size());
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops) {
        for (FuncId T : Op.Fn.Targets)
          IsUsed[T.index()] = true;
        for (const ir::Operand &A : Op.Args)
          if (A.Fn)
            for (FuncId T : A.Fn->Targets)
              IsUsed[T.index()] = true;
      }
  Situation S;
  S.OfOneObject = true;
  std::map<FuncId, unsigned> Strand;
  for (const auto &G : P.summaries().graphs()) {
    const ir::Function &F = U.function(G->Func);
    if (WithTasks && F.IsConstructor && leavesItsTasks(*G))
      for (const summary::Task &T : G->Tasks) {
        S.Strands.push_back({&T, false, G->Func});
        for (const summary::Event &E : T.Events)
          if (Keep(E) && S.Happenings.size() < MaxHappenings)
            S.Happenings.push_back(
                {&E, unsigned(S.Strands.size()) - 1, false, nullptr});
      }
    if (IsUsed[G->Func.index()] || F.IsLambda || F.IsConstructor ||
        F.IsDestructor || F.IsTest)
      continue;
    for (const summary::PathNode &N : G->Nodes)
      for (const summary::Event &E : N.Does) {
        if (E.InTask || !Keep(E) || S.Happenings.size() >= MaxHappenings)
          continue;
        auto [It, New] = Strand.try_emplace(G->Func, S.Strands.size());
        if (New)
          S.Strands.push_back({nullptr, false, G->Func});
        S.Happenings.push_back({&E, It->second, false, &N});
      }
  }
  S.Together.assign(S.Strands.size(),
                    std::vector<bool>(S.Strands.size(), true));
  return S;
}

std::vector<Situation> situations(const link::Program &P, EventFilter Keep,
                                  bool WithTasks) {
  const ir::Unit &U = P.unit();
  std::vector<Situation> Out;
  bool IsProgram = false;
  for (const ir::Function &F : U.Functions)
    IsProgram |= F.IsMain || F.IsTest;
  for (const auto &G : P.summaries().graphs())
    if (!G->Running.empty())
      if (Situation S = beside(*G, Keep); S.Happenings.size() > 1)
        Out.push_back(std::move(S));
  if (!IsProgram)
    if (Situation S = ofLibrary(P, Keep, WithTasks); S.Happenings.size() > 1)
      Out.push_back(std::move(S));
  return Out;
}

std::string strandName(const ir::Unit &U, const Strand &S) {
  return S.Task ? taskName(*S.Task) : "'" + U.function(S.Func).Name + "'";
}

void noteStart(const Strand &S, std::vector<Note> &Notes) {
  if (S.Task)
    Notes.push_back({S.Task->Loc, taskName(*S.Task) + " is started here"});
}

} // namespace heddle::rules

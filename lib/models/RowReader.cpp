//===- RowReader.cpp - One row of a model file ----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "models/RowReader.h"
#include "ir/TextNames.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::models;
using llvm::StringRef;

namespace {

constexpr llvm::StringLiteral Effects[] = {
    "operation",   "ignore",         "pass",           "truth",
    "content",     "throw",          "exit",           "abort",
    "invoke",      "make-callable",  "select",         "select-case",
    "construct",   "swap",           "exchange",       "visit",
    "alternative", "alternative-if", "is-alternative", "visit-alternative",
    "fill",        "poll",           "content-or",     "minimum",
    "maximum",     "clamp",          "absolute",       "size",
    "gather"};

constexpr llvm::StringLiteral CallKeys[] = {
    "name",    "op",       "effect",   "arity",  "mode",   "guard",
    "object",  "other",    "callable", "args",   "amount", "case",
    "counted", "with-tag", "held",     "change", "gives"};

constexpr llvm::StringLiteral Changes[] = {
    "unknown",  "load",      "store",          "exchange",        "add",
    "subtract", "fetch-add", "fetch-subtract", "compare-exchange"};

struct TypeFlag {
  llvm::StringLiteral Word;
  bool TypeRow::*Member;
};
constexpr TypeFlag TypeFlags[] = {{"handle", &TypeRow::IsHandle},
                                  {"atomic", &TypeRow::IsAtomic},
                                  {"recursive", &TypeRow::IsRecursive},
                                  {"kind-by-init", &TypeRow::IsKindByInit},
                                  {"joins-at-end", &TypeRow::JoinsAtEnd},
                                  {"runs-at-end", &TypeRow::RunsAtEnd},
                                  {"owns-referent", &TypeRow::OwnsReferent},
                                  {"receipt", &TypeRow::IsReceipt},
                                  {"sequence", &TypeRow::IsSequence},
                                  {"keyed", &TypeRow::IsKeyed},
                                  {"adaptor", &TypeRow::IsAdaptor},
                                  {"fixed", &TypeRow::IsFixed},
                                  {"text", &TypeRow::IsText},
                                  {"one-of", &TypeRow::IsOneOf},
                                  {"parts", &TypeRow::HasParts},
                                  {"sync", &TypeRow::IsSync}};

std::optional<ir::OpKind> opKind(StringRef Word) {
#define OP(Name, Mnemonic, Meaning, Example)                                   \
  if (Word == Mnemonic)                                                        \
    return ir::OpKind::Name;
#include "ir/Ops.def"
  return std::nullopt;
}

bool needsObject(ir::OpKind K) {
  switch (K) {
  case ir::OpKind::Spawn:
  case ir::OpKind::Sleep:
  case ir::OpKind::Yield:
  case ir::OpKind::Block:
  case ir::OpKind::Call:
    return false;
  default:
    return true;
  }
}

bool needsCallable(ir::OpKind K) {
  return K == ir::OpKind::Spawn || K == ir::OpKind::Once ||
         K == ir::OpKind::Call;
}

} // namespace

const Entry *RowReader::find(const Row &R, StringRef Key, bool Required) {
  for (const Entry &E : R.Entries)
    if (E.Key == Key)
      return &E;
  if (Required)
    Wrong(R.Loc, "the row has no '" + Key + "'");
  return nullptr;
}

void RowReader::known(const Row &R, llvm::ArrayRef<llvm::StringLiteral> Keys) {
  for (size_t I = 0; I < R.Entries.size(); ++I) {
    const Entry &E = R.Entries[I];
    if (!llvm::is_contained(Keys, E.Key))
      Wrong(E.KeyLoc, "unknown key '" + E.Key + "'");
    for (size_t J = 0; J < I; ++J)
      if (R.Entries[J].Key == E.Key)
        Wrong(E.KeyLoc, "the key '" + E.Key + "' occurs twice");
  }
}

const std::string *RowReader::one(const Row &R, StringRef Key) {
  const Entry *E = find(R, Key, false);
  if (!E)
    return nullptr;
  if (E->IsList || E->Values.size() != 1 || E->Values[0].empty()) {
    Wrong(E->ValueLoc, "'" + Key + "' takes one word");
    return nullptr;
  }
  return &E->Values[0];
}

template <class Table>
std::optional<size_t> RowReader::word(const Row &R, StringRef Key,
                                      const Table &Words) {
  const std::string *Word = one(R, Key);
  if (!Word)
    return std::nullopt;
  std::string Known;
  for (size_t I = 0; I < std::size(Words); ++I) {
    if (StringRef(Words[I]) == *Word)
      return I;
    Known += (I ? ", " : "") + Words[I].str();
  }
  Wrong(find(R, Key, false)->ValueLoc,
        "unknown " + Key + " '" + *Word + "'; known are " + Known);
  return std::nullopt;
}

bool RowReader::flag(const Row &R, StringRef Key) {
  static constexpr llvm::StringLiteral Truths[] = {"false", "true"};
  return word(R, Key, Truths).value_or(0) == 1;
}

/// this, result, arg N, args N (from N on), int N.
Role RowReader::role(const Row &R, StringRef Key) {
  Role Found;
  const std::string *Text = one(R, Key);
  if (!Text)
    return Found;
  auto [Kind, Number] = StringRef(*Text).split(' ');
  bool HasNumber = !Number.trim().getAsInteger(10, Found.Index);
  if (Kind == "this" && Number.empty())
    Found.K = Role::Kind::This;
  else if (Kind == "result" && Number.empty())
    Found.K = Role::Kind::Result;
  else if (Kind == "arg" && HasNumber && Found.Index >= 0)
    Found.K = Role::Kind::Arg;
  else if (Kind == "args" && HasNumber && Found.Index >= 0)
    Found.K = Role::Kind::Rest;
  else if (Kind == "int" && HasNumber)
    Found.K = Role::Kind::Int;
  else
    Wrong(find(R, Key, false)->ValueLoc,
          "'" + *Text +
              "' is no role; known are this, result, arg N, args N, "
              "int N");
  return Found;
}

/// What the row's op or effect cannot do without, and what makes no sense.
void RowReader::needs(const Row &R, const CallRow &C) {
  bool IsOp = C.E == Effect::Operation;
  bool Object =
      IsOp ? needsObject(C.Op)
           : C.E == Effect::Pass || C.E == Effect::Truth ||
                 C.E == Effect::Content || C.E == Effect::Swap ||
                 C.E == Effect::Exchange || C.E == Effect::Alternative ||
                 C.E == Effect::AlternativeIf || C.E == Effect::IsAlternative ||
                 C.E == Effect::Fill || C.E == Effect::Poll ||
                 C.E == Effect::ContentOr || C.E == Effect::Size;
  bool Callable = IsOp ? needsCallable(C.Op)
                       : C.E == Effect::Invoke || C.E == Effect::MakeCallable ||
                             C.E == Effect::VisitAlternative;
  if (C.E == Effect::SelectCase) {
    find(R, "case", true);
    Object = C.CaseKind == ir::SelectCase::Kind::Send ||
             C.CaseKind == ir::SelectCase::Kind::Recv;
  }
  if (Object)
    find(R, "object", true);
  if (Callable)
    find(R, "callable", true);
  if (IsOp && C.Op == ir::OpKind::Add)
    find(R, "amount", true);
  if (IsOp && (C.Op == ir::OpKind::Set || C.Op == ir::OpKind::Bind))
    find(R, "args", true);
  if (C.E == Effect::Minimum || C.E == Effect::Maximum ||
      C.E == Effect::Clamp || C.E == Effect::Absolute || C.E == Effect::Gather)
    find(R, "args", true);
  if (IsOp && C.Op == ir::OpKind::GuardMove)
    find(R, "other", true);
  auto OnlyFor = [&](StringRef Key, bool Allowed, StringRef Where) {
    const Entry *E = find(R, Key, false);
    if (E && !Allowed)
      Wrong(E->KeyLoc, "'" + Key + "' is only for " + Where);
  };
  OnlyFor("mode", IsOp || C.E == Effect::Invoke, "operations and invoke");
  OnlyFor("guard", IsOp && C.Op == ir::OpKind::GuardMake, "guard-make");
  OnlyFor("counted", IsOp && C.Op == ir::OpKind::Spawn, "spawn");
  OnlyFor("case", C.E == Effect::SelectCase, "select-case");
  OnlyFor("amount",
          IsOp && (C.Op == ir::OpKind::Add || C.Op == ir::OpKind::Done ||
                   C.Op == ir::OpKind::Make || C.Op == ir::OpKind::Atomic ||
                   C.Op == ir::OpKind::Send || C.Op == ir::OpKind::Recv ||
                   C.Op == ir::OpKind::TryRecv),
          "add, done, make, atomic, send, recv and try-recv");
  OnlyFor("gives", IsOp, "operations");
  OnlyFor("held", IsOp && C.Op == ir::OpKind::Make, "make");
  OnlyFor("change", IsOp && C.Op == ir::OpKind::Atomic, "atomic");
  if (C.Changes > Change::Load)
    find(R, "amount", true);
  if (C.Changes == Change::CompareExchange)
    find(R, "args", true);
}

void RowReader::call(const Row &R, Model &Into) {
  known(R, CallKeys);
  CallRow C;
  const Entry *Names = find(R, "name", true);
  const Entry *Op = find(R, "op", false), *Effect = find(R, "effect", false);
  if (bool(Op) == bool(Effect))
    return Wrong(R.Loc, "the row needs either 'op' or 'effect'");
  if (const std::string *Word = Op ? one(R, "op") : nullptr) {
    std::optional<ir::OpKind> Kind = opKind(*Word);
    if (!Kind)
      return Wrong(Op->ValueLoc, "unknown operation '" + *Word + "'");
    C.Op = *Kind;
  }
  if (Effect) {
    std::optional<size_t> Kind = word(R, "effect", Effects);
    if (!Kind)
      return;
    C.E = models::Effect(*Kind);
    if (C.E == models::Effect::Operation)
      return Wrong(Effect->ValueLoc, "an operation is named by 'op'");
  }
  if (const std::string *Arity = one(R, "arity")) {
    unsigned N = 0;
    if (StringRef(*Arity).getAsInteger(10, N))
      Wrong(find(R, "arity", false)->ValueLoc,
            "'" + *Arity + "' is no number of arguments");
    C.Arity = N;
  }
  C.How = ir::Mode(word(R, "mode", ir::text::Modes).value_or(0));
  C.Guard = ir::GuardMode(word(R, "guard", ir::text::GuardModes).value_or(0));
  C.Object = role(R, "object");
  C.Other = role(R, "other");
  C.Callable = role(R, "callable");
  C.Args = role(R, "args");
  C.Amount = role(R, "amount");
  C.Held = role(R, "held");
  C.Changes = models::Change(word(R, "change", Changes).value_or(0));
  if (auto Kind = word(R, "case", ir::text::CaseKinds))
    C.CaseKind = ir::SelectCase::Kind(*Kind);
  C.Counted = flag(R, "counted");
  if (const std::string *Tag = one(R, "with-tag"))
    C.WithTag = *Tag;
  if (const Entry *Gives = find(R, "gives", false))
    for (const std::string &Word : Gives->Values) {
      int64_t N = 0;
      if (StringRef(Word).getAsInteger(10, N) || Gives->Values.size() > 2)
        return Wrong(Gives->ValueLoc, "'gives' takes one number or two");
      C.Gives.push_back(N);
    }
  needs(R, C);
  if (!Names)
    return;
  for (const std::string &Name : Names->Values) {
    C.Name = Name;
    Into.add(C);
  }
}

void RowReader::type(const Row &R, Model &Into) {
  static constexpr llvm::StringLiteral Keys[] = {"name", "class", "is"};
  known(R, Keys);
  TypeRow T;
  const Entry *Names = find(R, "name", true);
  if (auto Class = word(R, "class", ir::text::TypeClasses))
    T.Class = ir::TypeClass(*Class);
  if (const Entry *Flags = find(R, "is", false))
    for (const std::string &Word : Flags->Values) {
      const TypeFlag *Flag = llvm::find_if(
          TypeFlags, [&](const TypeFlag &F) { return F.Word == Word; });
      if (Flag == std::end(TypeFlags))
        Wrong(Flags->ValueLoc, "unknown property '" + Word + "' of a type");
      else
        T.*Flag->Member = true;
    }
  if (!Names)
    return;
  for (const std::string &Name : Names->Values) {
    if (Into.type(Name))
      Wrong(Names->ValueLoc, "the type '" + Name + "' has a row already");
    T.Name = Name;
    Into.add(T);
  }
}

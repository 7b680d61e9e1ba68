//===- Wording.cpp --------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"

namespace heddle::rules {

std::string quoted(const ir::Unit &U, ObjId O) {
  return "'" + U.describe(O) + "'";
}

std::string taskName(const summary::Task &T) {
  return T.Name == "lambda" ? "the task" : "task '" + T.Name + "'";
}

void noteCalls(const std::vector<SourceSpan> &Via, std::vector<Note> &Notes) {
  for (const SourceSpan &Call : Via)
    Notes.push_back({Call, "called here"});
}

void noteStarters(const summary::Task &T, std::vector<Note> &Notes) {
  for (const SourceSpan &By : T.By)
    Notes.push_back({By, "the task that starts it is started here"});
  noteCalls(T.Via, Notes);
}

void noteTrace(const explore::Fault &Fault, Finding &Out) {
  for (const explore::Step &S : Fault.Trace)
    if (S.Loc.isValid())
      Out.Notes.push_back({S.Loc, S.Text});
  Out.Shown = {Fault.Tasks, Fault.Trace};
}

bool sameDeclaration(const ir::Unit &U, ObjId A, ObjId B) {
  if (A == B)
    return true;
  const ir::Object &X = U.object(A), &Y = U.object(B);
  return X.Kind == ir::ObjectKind::Field && Y.Kind == ir::ObjectKind::Field &&
         X.Loc.isValid() && X.Loc == Y.Loc;
}

bool overlap(const ir::Unit &U, ObjId A, ObjId B) {
  for (ObjId At = A; At; At = U.object(At).Base)
    if (At == B)
      return true;
  for (ObjId At = B; At; At = U.object(At).Base)
    if (At == A)
      return true;
  return false;
}

bool isOwnedBy(const ir::Unit &U, ObjId O, FuncId F) {
  if (U.isSummarised(O))
    return false;
  // What a pointer or handle refers to may be shared with others.
  for (ObjId At = O; At; At = U.object(At).Base)
    if (U.object(At).IsAlias && U.object(At).Type != ir::TypeClass::Channel)
      return false;
  const ir::Object &Root = U.object(U.root(O));
  switch (Root.Kind) {
  case ir::ObjectKind::Local:
  case ir::ObjectKind::Temp:
    return Root.Owner == F;
  case ir::ObjectKind::Global:
  case ir::ObjectKind::Static:
    return U.function(F).IsMain && !Root.IsExternal;
  default:
    return false;
  }
}

} // namespace heddle::rules

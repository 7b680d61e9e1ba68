//===- DeclarationReader.cpp - Objects and headers of the text ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/DeclarationReader.h"
#include "ir/TextNames.h"

using namespace heddle;
using namespace heddle::ir;
using namespace heddle::ir::text;
using llvm::StringRef;

//===--- Ids --------------------------------------------------------------===//

bool DeclarationReader::declareObject(FuncId Scope) {
  Position Start = In.here();
  StringRef Symbol;
  if (!In.symbol('%', Symbol))
    return false;
  auto &Into = Scope ? Names.Locals[Scope.index()] : Names.Unit;
  if (!Into.try_emplace(Symbol, ObjId(uint32_t(U.Objects.size()))).second)
    return In.fail(Start, "'%" + Symbol + "' is declared twice");
  U.Objects.emplace_back();
  ObjectPositions.push_back(Start);
  return true;
}

bool DeclarationReader::declareFunction() {
  Position Start = In.here();
  StringRef Symbol;
  if (!In.symbol('@', Symbol))
    return false;
  FuncId Id(uint32_t(U.Functions.size()));
  if (!Names.Functions.try_emplace(Symbol, Id).second)
    return In.fail(Start, "'@" + Symbol + "' is declared twice");
  U.Functions.emplace_back();
  Names.Locals.emplace_back();
  Names.Labels.emplace_back();
  FunctionPositions.push_back(Start);
  if (!In.expect("("))
    return false;
  // Only a parameter with its type, "%wg: counter", is declared here.
  while (In.startsWith("%")) {
    Position Parameter = In.here();
    if (!In.symbol('%', Symbol))
      return false;
    if (In.accept(":")) {
      In.moveTo(Parameter);
      if (!declareObject(Id))
        return false;
      In.accept(":");
      while (In.accept(In.peekWord().empty() ? StringRef("\n") : In.peekWord()))
        ;
    }
    if (!In.accept(","))
      break;
  }
  return true;
}

bool DeclarationReader::declareBlocks(FuncId F) {
  auto &Labels = Names.Labels[F.index()];
  uint32_t Count = 0;
  bool InCases = false;
  for (; !In.atTextEnd() && !In.startsWith("}"); In.skipLine()) {
    Position Start = In.here();
    StringRef Line = In.restOfLine().split(';').first.rtrim();
    StringRef Word = In.peekWord();
    if (InCases) {
      InCases = !Line.starts_with("]");
    } else if (Line.starts_with("%")) {
      if (!declareObject(F))
        return false;
    } else if (!Line.empty()) {
      StringRef Label = "entry";
      bool IsLabel = Line.ends_with(":") && In.label(Label);
      if ((IsLabel || Count == 0) &&
          !Labels.try_emplace(Label, BlockId(Count++)).second)
        return In.fail(Start, "there are two blocks '" + Label + "'");
      InCases = Word == "select" && !Line.contains(']');
    }
  }
  U.Functions[F.index()].Blocks.resize(Count);
  return true;
}

bool DeclarationReader::declare() {
  for (; !In.atTextEnd() && !atRest(); In.skipLine()) {
    if (In.startsWith("%")) {
      if (!declareObject(FuncId()))
        return false;
      continue;
    }
    bool IsBody = In.acceptWord("func");
    if (!IsBody && !In.acceptWord("declare"))
      continue;
    FuncId F(uint32_t(U.Functions.size()));
    if (!declareFunction())
      return false;
    if (!IsBody)
      continue;
    In.skipLine();
    if (!declareBlocks(F))
      return false;
    if (In.atTextEnd())
      return In.fail(FunctionPositions[F.index()], "the body is not closed");
  }
  return true;
}

//===--- Objects and function headers -------------------------------------===//

/// The words after '=' or ':', up to one that is none of them.
bool DeclarationReader::objectWords(Object &O) {
  for (;;) {
    StringRef Word = In.peekWord();
    if (Word == "of") {
      if (!In.accept(Word) || !obj(O.Base))
        return false;
    } else if (Word == "in") {
      if (!In.accept(Word) || !func(O.Owner))
        return false;
    } else if (Word == "named") {
      if (!In.accept(Word) || !In.quoted(O.Name))
        return false;
    } else if (Word == "usr") {
      if (!In.accept(Word) || !In.quoted(O.Usr))
        return false;
    } else if (auto Type = indexOf(TypeClasses, Word)) {
      O.Type = TypeClass(*Type);
      In.accept(Word);
    } else {
      const ObjectFlag *Flag = nullptr;
      for (const ObjectFlag &F : ObjectFlags)
        if (F.Word == Word)
          Flag = &F;
      if (!Flag)
        return true;
      O.*Flag->Member = true;
      In.accept(Word);
    }
  }
}

bool DeclarationReader::objectRow() {
  Position Start = In.here();
  ObjId Id;
  StringRef Symbol;
  if (!obj(Id))
    return false;
  In.moveTo(Start);
  if (!In.symbol('%', Symbol) || !In.expect("="))
    return false;
  Object &O = U.Objects[Id.index()];
  std::optional<size_t> Kind = indexOf(ObjectKinds, In.peekWord());
  if (!Kind)
    return In.fail("expected a kind of object (local, global, field, ...)");
  In.accept(In.peekWord());
  O.Kind = ObjectKind(*Kind);
  O.Name = defaultName(O.Kind, Symbol);
  if (O.Kind != ObjectKind::Global && O.Kind != ObjectKind::Field &&
      O.Kind != ObjectKind::Element)
    O.Owner = Here;
  return objectWords(O) && span(O.Loc, Start) && In.endLine();
}

bool DeclarationReader::parameters(Function &F) {
  if (!In.expect("("))
    return false;
  while (In.startsWith("%")) {
    Position Start = In.here();
    ObjId Id;
    StringRef Symbol;
    if (!obj(Id))
      return false;
    F.Params.push_back(Id);
    if (In.startsWith(":")) {
      In.moveTo(Start);
      Object &O = U.Objects[Id.index()];
      O.Kind = ObjectKind::Param;
      O.Owner = Here;
      if (!In.symbol('%', Symbol) || !In.expect(":"))
        return false;
      O.Name = defaultName(O.Kind, Symbol);
      if (!objectWords(O) || !span(O.Loc, Start))
        return false;
    }
    if (!In.accept(","))
      break;
  }
  return In.expect(")");
}

bool DeclarationReader::header(Function &F) {
  Position Start = In.here();
  StringRef Symbol;
  if (!In.symbol('@', Symbol))
    return false;
  F.Name = defaultName(Symbol);
  F.Usr = Symbol.str();
  if (LocatesItself && !span(F.Loc, Start))
    return false;
  if (!parameters(F))
    return false;
  for (;;) {
    Position At = In.here();
    if (atSpan() && !span(F.Loc, At))
      return false;
    StringRef Word = In.peekWord();
    if (Word.empty())
      return true;
    At = In.here();
    In.accept(Word);
    const FunctionFlag *Flag = nullptr;
    for (const FunctionFlag &Candidate : FunctionFlags)
      if (Candidate.Word == Word)
        Flag = &Candidate;
    bool Good = true;
    if (Flag)
      F.*Flag->Member = true;
    else if (Word == "this")
      Good = obj(F.This);
    else if (Word == "parent")
      Good = func(F.Parent);
    else if (Word == "overrides")
      Good = func(F.Overrides.emplace_back());
    else if (Word == "named")
      Good = In.quoted(F.Name);
    else if (Word == "usr")
      Good = In.quoted(F.Usr);
    else if (Word == "end")
      Good = atSpan() ? span(F.End, At) : In.fail("expected a span ('!1:2')");
    else
      Good = In.fail(At, "unknown word '" + Word + "' of a function");
    if (!Good)
      return false;
  }
}

/// The header, and of the body the objects alone.
bool DeclarationReader::functionRow(bool HasBody) {
  Function &F = U.Functions[Here.index()];
  if (!header(F) || (HasBody && !In.expect("{")) || !In.endLine())
    return false;
  if (!HasBody)
    return true;
  if (F.Blocks.empty())
    return In.fail(FunctionPositions[Here.index()],
                   "the body is empty; use 'declare'");
  while (!In.startsWith("}")) {
    if (!In.startsWith("%"))
      In.skipLine();
    else if (!objectRow())
      return false;
  }
  Position End = In.here();
  if (!In.expect("}"))
    return false;
  if (LocatesItself && !F.End.isValid() && !span(F.End, End))
    return false;
  return In.endLine();
}

bool DeclarationReader::version() {
  Position Start = In.here();
  int64_t Found = 0;
  if (!In.integer(Found))
    return false;
  if (Found != Version)
    return In.fail(Start, "skeleton text of version " + llvm::Twine(Found) +
                              "; this program reads version " +
                              llvm::Twine(Version));
  return In.endLine();
}

bool DeclarationReader::headers() {
  uint32_t Count = 0;
  while (!In.atTextEnd() && !atRest()) {
    if (In.atLineEnd()) {
      In.skipLine();
    } else if (In.startsWith("%")) {
      if (!objectRow())
        return false;
    } else if (In.acceptWord("skeleton")) {
      if (!U.MainFile.empty())
        return In.fail("another unit starts here");
      if (!version())
        return false;
    } else if (In.acceptWord("linked")) {
      if (!In.number(U.Linked) || !In.endLine())
        return false;
    } else if (In.acceptWord("unit")) {
      if (!In.quoted(U.MainFile) || !In.endLine())
        return false;
    } else if (In.acceptWord("file")) {
      if (!In.quoted(U.Files.emplace_back()) || !In.endLine())
        return false;
    } else {
      bool HasBody = In.acceptWord("func");
      if (!HasBody && !In.acceptWord("declare"))
        return In.fail("expected 'func', 'declare', 'unit', 'file' or '%...'");
      Here = FuncId(Count++);
      if (!functionRow(HasBody))
        return false;
      Here = FuncId();
    }
  }
  return true;
}

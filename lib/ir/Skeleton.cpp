//===- Skeleton.cpp - A unit as concurrency operations --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Skeleton.h"
#include <cassert>

using namespace heddle;
using namespace heddle::ir;

Operand Operand::place(ObjId O) {
  Operand Result;
  Result.K = Kind::Place;
  Result.Obj = O;
  return Result;
}

Operand Operand::value(ExprRef E) {
  Operand Result;
  Result.K = Kind::Value;
  Result.Value = std::move(E);
  return Result;
}

Operand Operand::function(Callable C) {
  Operand Result;
  Result.K = Kind::Function;
  Result.Fn = std::make_shared<const Callable>(std::move(C));
  return Result;
}

const char *ir::mnemonic(OpKind K) {
  switch (K) {
#define OP(Name, Mnemonic, Meaning, Example)                                   \
  case OpKind::Name:                                                           \
    return Mnemonic;
#include "ir/Ops.def"
  }
  return "?";
}

void PartIndex::catchUp(const std::vector<Object> &Objects) {
  for (; Seen < Objects.size(); ++Seen) {
    const Object &O = Objects[Seen];
    if (O.Base)
      Parts.emplace(Key{O.Base, O.Kind, O.Name}, ObjId(uint32_t(Seen)));
  }
}

ObjId PartIndex::find(ObjId Base, ObjectKind Kind,
                      const std::string &Name) const {
  auto It = Parts.find(Key{Base, Kind, Name});
  return It == Parts.end() ? ObjId() : It->second;
}

size_t PartIndex::Hash::operator()(const Key &K) const {
  size_t H = std::hash<std::string>()(K.Name);
  H = H * 31 + size_t(K.Kind);
  return H * 0x9E3779B97F4A7C15u + std::hash<ObjId>()(K.Base);
}

ObjId Unit::part(ObjId Base, ObjectKind Kind, const std::string &Name,
                 TypeClass Type) {
  assert((Kind == ObjectKind::Field || Kind == ObjectKind::Element) &&
         "only fields and elements are parts");
  assert(Base && Base.index() < Objects.size() && "part of nothing");
  Index.catchUp(Objects);
  if (ObjId Known = Index.find(Base, Kind, Name))
    return Known;
  Object New;
  New.Kind = Kind;
  New.Type = Type;
  New.Name = Name;
  New.Base = Base;
  Objects.push_back(std::move(New));
  return ObjId(uint32_t(Objects.size() - 1));
}

ObjId Unit::someMember(ObjId Member) {
  if (!Nameless) {
    Nameless = ObjId(uint32_t(Objects.size()));
    Objects.emplace_back();
  }
  Object Like = object(Member);
  // Told apart by where they are declared.
  ObjId Some = part(Nameless, ObjectKind::Element,
                    std::to_string(Like.Loc.File ? Like.Loc.File.index() : 0) +
                        ":" + std::to_string(Like.Loc.Line) + ":" +
                        std::to_string(Like.Loc.Column),
                    TypeClass::Other);
  ObjId Id = part(Some, ObjectKind::Field, Like.Name, Like.Type);
  Object &O = Objects[Id.index()];
  O.Loc = Like.Loc;
  O.IsRecursive = Like.IsRecursive;
  return Id;
}

ObjId Unit::samePart(ObjId O, ObjId Base) {
  uint64_t Key = uint64_t(O.index()) << 32 | Base.index();
  if (auto It = Moved.find(Key); It != Moved.end())
    return It->second;
  Object Like = Objects[O.index()];
  size_t Before = Objects.size();
  ObjId Id = part(Base, Like.Kind, Like.Name, Like.Type);
  if (Objects.size() > Before) {
    Object &New = Objects[Id.index()];
    New.Loc = Like.Loc;
    New.IsConst = Like.IsConst;
    New.IsAtomic = Like.IsAtomic;
    New.IsAlias = Like.IsAlias;
    New.IsRecursive = Like.IsRecursive;
    New.JoinsAtEnd = Like.JoinsAtEnd;
  }
  Moved.emplace(Key, Id);
  return Id;
}

ObjId Unit::root(ObjId O) const {
  while (ObjId Base = object(O).Base)
    O = Base;
  return O;
}

bool Unit::isSummarised(ObjId O) const {
  for (; O; O = object(O).Base)
    if (object(O).Kind == ObjectKind::Element)
      return true;
  return false;
}

std::string Unit::describe(ObjId O) const {
  const Object &This = object(O);
  switch (This.Kind) {
  case ObjectKind::This:
    return This.Name.empty() ? "*this" : This.Name;
  case ObjectKind::Field: {
    // What an optional, a variant or a promise holds has the holder's name.
    if (This.Base && !This.Name.empty() && This.Name[0] == '*')
      return describe(This.Base);
    if (!This.Base || object(This.Base).Kind == ObjectKind::This)
      return This.Name;
    std::string Base = object(This.Base).Base == Nameless && Nameless
                           ? ""
                           : describe(This.Base);
    return Base.empty() ? This.Name : Base + "." + This.Name;
  }
  case ObjectKind::Element: {
    std::string Base = This.Base ? describe(This.Base) : std::string();
    return Base + "[]";
  }
  default:
    return This.Name;
  }
}

//===- ModelFile.cpp - Read library models --------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "models/ModelFile.h"
#include "models/RowReader.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace heddle::models;
namespace yaml = llvm::yaml;

namespace {

class FileReader {
public:
  explicit FileReader(llvm::MemoryBufferRef Text) : Text(Text) {
    Sources.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *Context) {
          // YAML's own diagnostics count columns from zero.
          static_cast<FileReader *>(Context)->wrong(
              D.getLineNo(), D.getColumnNo() + 1, D.getMessage());
        },
        this);
  }
  llvm::Error read(Model &M);

private:
  void wrong(int Line, int Column, const llvm::Twine &What) {
    Errors += (Text.getBufferIdentifier() + ":" + llvm::Twine(Line) + ":" +
               llvm::Twine(Column) + ": " + What + "\n")
                  .str();
  }
  void wrong(llvm::SMLoc At, const llvm::Twine &What) {
    auto [Line, Column] = Sources.getLineAndColumn(At);
    wrong(Line, Column, What);
  }
  void document(yaml::Node *Root, Model &M);
  void section(llvm::StringRef Name, yaml::Node *Value, llvm::SMLoc At,
               Model &M);
  bool row(yaml::Node *N, Row &R);
  bool words(yaml::Node *N, Entry &E);
  bool word(yaml::Node *N, std::string &Word);

  llvm::MemoryBufferRef Text;
  llvm::SourceMgr Sources;
  std::string Errors;
};

bool FileReader::word(yaml::Node *N, std::string &Word) {
  auto *Scalar = llvm::dyn_cast_or_null<yaml::ScalarNode>(N);
  if (!Scalar)
    return false;
  llvm::SmallString<64> Storage;
  Word = Scalar->getValue(Storage).str();
  return true;
}

bool FileReader::words(yaml::Node *N, Entry &E) {
  if (!N)
    return false;
  E.ValueLoc = N->getSourceRange().Start;
  auto *List = llvm::dyn_cast<yaml::SequenceNode>(N);
  E.IsList = List;
  if (!List)
    return word(N, E.Values.emplace_back());
  for (yaml::Node &Item : *List)
    if (!word(&Item, E.Values.emplace_back()))
      return false;
  return true;
}

bool FileReader::row(yaml::Node *N, Row &R) {
  R.Loc = N->getSourceRange().Start;
  auto *Map = llvm::dyn_cast<yaml::MappingNode>(N);
  if (!Map) {
    wrong(R.Loc, "expected a row: keys and values");
    N->skip();
    return false;
  }
  bool Good = true;
  for (yaml::KeyValueNode &Pair : *Map) {
    Entry &E = R.Entries.emplace_back();
    yaml::Node *Key = Pair.getKey();
    if (!Key || !word(Key, E.Key)) {
      wrong(R.Loc, "expected a key");
      return false;
    }
    E.KeyLoc = Key->getSourceRange().Start;
    if (!words(Pair.getValue(), E)) {
      wrong(E.KeyLoc, "'" + E.Key + "' takes a word or a list of words");
      Pair.skip();
      Good = false;
    }
  }
  return Good;
}

void FileReader::section(llvm::StringRef Name, yaml::Node *Value,
                         llvm::SMLoc At, Model &M) {
  auto *List = llvm::dyn_cast_or_null<yaml::SequenceNode>(Value);
  if (!List)
    return wrong(At, "'" + Name + "' takes a list");
  auto Report = [&](llvm::SMLoc L, const llvm::Twine &What) { wrong(L, What); };
  RowReader Reader(Report);
  for (yaml::Node &Item : *List) {
    std::string Namespace;
    Row R;
    if (Name == "namespaces") {
      if (word(&Item, Namespace) && !Namespace.empty())
        M.addNamespace(Namespace);
      else
        wrong(Item.getSourceRange().Start, "expected the name of a namespace");
    } else if (row(&Item, R)) {
      Name == "calls" ? Reader.call(R, M) : Reader.type(R, M);
    }
  }
}

void FileReader::document(yaml::Node *Root, Model &M) {
  auto *Map = llvm::dyn_cast_or_null<yaml::MappingNode>(Root);
  if (!Map)
    return wrong(1, 1, "expected a model: 'heddle-model: 1' and its sections");
  bool HasVersion = false;
  for (yaml::KeyValueNode &Pair : *Map) {
    std::string Key, Version;
    yaml::Node *KeyNode = Pair.getKey();
    if (!KeyNode || !word(KeyNode, Key))
      return wrong(1, 1, "expected a key");
    llvm::SMLoc At = KeyNode->getSourceRange().Start;
    if (Key == "heddle-model") {
      HasVersion = true;
      if (!word(Pair.getValue(), Version) || Version != "1")
        wrong(At, "this heddle reads 'heddle-model: 1' only");
    } else if (Key == "types" || Key == "calls" || Key == "namespaces") {
      section(Key, Pair.getValue(), At, M);
    } else {
      wrong(At, "unknown key '" + Key + "'");
      Pair.skip();
    }
  }
  if (!HasVersion && Errors.empty())
    wrong(1, 1, "the file does not say 'heddle-model: 1'");
}

llvm::Error FileReader::read(Model &M) {
  Model New;
  yaml::Stream Stream(Text, Sources, /*ShowColors=*/false);
  yaml::document_iterator Document = Stream.begin();
  if (Document != Stream.end())
    document(Document->getRoot(), New);
  if (Errors.empty() && !Stream.failed()) {
    M.overrideWith(std::move(New));
    return llvm::Error::success();
  }
  llvm::StringRef Lines = llvm::StringRef(Errors).rtrim();
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s",
                                 Lines.str().c_str());
}

} // namespace

llvm::Error heddle::models::readModel(llvm::MemoryBufferRef Text, Model &M) {
  return FileReader(Text).read(M);
}

const Model &heddle::models::builtinModel() {
  static const Model Builtin = [] {
    Model M;
    for (const BuiltinFile &F : builtinFiles())
      if (llvm::Error E = readModel(llvm::MemoryBufferRef(F.Text, F.Name), M))
        llvm::report_fatal_error(std::move(E));
    return M;
  }();
  return Builtin;
}

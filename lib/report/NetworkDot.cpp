//===- NetworkDot.cpp - The task network as a graph -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/NetworkDot.h"
#include "report/TaskNetwork.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace heddle;
using namespace heddle::report;
using ir::OpKind;
using llvm::raw_ostream;

namespace {

/// How an operation's edge points.
enum class Flow { ToObject, FromObject, Both };

Flow flowOf(OpKind K) {
  switch (K) {
  case OpKind::Recv:
  case OpKind::TryRecv:
  case OpKind::Wait:
  case OpKind::Join:
  case OpKind::CondWait:
    return Flow::FromObject;
  case OpKind::Lock:
  case OpKind::TryLock:
  case OpKind::Unlock:
  case OpKind::Once:
    return Flow::Both;
  default:
    return Flow::ToObject;
  }
}

llvm::StringRef shapeOf(ir::TypeClass T) {
  switch (T) {
  case ir::TypeClass::Channel:
    return "cds";
  case ir::TypeClass::Counter:
    return "diamond";
  case ir::TypeClass::Lock:
  case ir::TypeClass::Cond:
    return "octagon";
  default:
    return "ellipse";
  }
}

void quote(raw_ostream &OS, llvm::StringRef S) {
  for (char C : S) {
    if (C == '"' || C == '\\')
      OS << '\\';
    OS << C;
  }
}

class Dot {
public:
  Dot(const ir::Unit &U, const TaskNetwork &Net, raw_ostream &OS)
      : U(U), Net(Net), OS(OS) {}
  void print();

private:
  std::string place(const SourceSpan &S) const;
  void task(unsigned T);
  void edges(unsigned T);

  const ir::Unit &U;
  const TaskNetwork &Net;
  raw_ostream &OS;
  std::map<ObjId, unsigned> Objects; ///< number of each, by first use
};

std::string Dot::place(const SourceSpan &S) const {
  if (!S.isValid())
    return "?";
  std::string File = "line ";
  if (S.File.index())
    File = llvm::sys::path::filename(U.file(S.File)).str() + ":";
  return File + std::to_string(S.Line);
}

void Dot::task(unsigned T) {
  const TaskNetwork::Member &M = Net.Tasks[T];
  OS << "  subgraph cluster_" << T << " {\n    label=\"";
  quote(OS, M.Name);
  if (M.Start.isValid())
    OS << "\\n"
       << (M.IsMany ? "many, " : "") << "started at " << place(M.Start);
  OS << "\"\n";
  if (M.Actions.empty())
    OS << "    t" << T << "_0 [label=\"\" shape=point]\n";
  for (size_t I = 0; I < M.Actions.size(); ++I) {
    const TaskNetwork::Action &A = M.Actions[I];
    OS << "    t" << T << '_' << I << " [label=\"" << ir::mnemonic(A.Kind);
    if (A.Obj) {
      OS << ' ';
      quote(OS, U.describe(A.Obj));
    }
    OS << "\\n" << place(A.Path.back()) << "\"]\n";
  }
  // In the order of lines, not of a run: no arrow.
  for (size_t I = 1; I < M.Actions.size(); ++I)
    OS << "    t" << T << '_' << I - 1 << " -> t" << T << '_' << I
       << " [style=dotted arrowhead=none weight=10]\n";
  OS << "  }\n";
}

void Dot::edges(unsigned T) {
  const TaskNetwork::Member &M = Net.Tasks[T];
  for (size_t I = 0; I < M.Actions.size(); ++I) {
    const TaskNetwork::Action &A = M.Actions[I];
    std::string Node = "t" + std::to_string(T) + "_" + std::to_string(I);
    if (A.Kind == OpKind::Spawn) {
      OS << "  " << Node << " -> t" << A.Starts << "_0 [label=\"spawn\" lhead="
         << "cluster_" << A.Starts << " style=bold]\n";
      continue;
    }
    std::string Object = "o" + std::to_string(Objects[A.Obj]);
    Flow F = flowOf(A.Kind);
    OS << "  " << (F == Flow::FromObject ? Object : Node) << " -> "
       << (F == Flow::FromObject ? Node : Object) << " [label=\""
       << ir::mnemonic(A.Kind) << '"' << (F == Flow::Both ? " dir=none" : "")
       << "]\n";
  }
}

void Dot::print() {
  OS << "digraph \"";
  quote(OS, Net.Tasks[0].Name);
  OS << "\" {\n  rankdir=LR\n  compound=true\n"
        "  node [shape=box fontname=\"sans-serif\" fontsize=11]\n"
        "  edge [fontname=\"sans-serif\" fontsize=10]\n"
        "  graph [fontname=\"sans-serif\" fontsize=12]\n";
  for (unsigned T = 0; T < Net.Tasks.size(); ++T)
    task(T);
  for (const TaskNetwork::Member &M : Net.Tasks)
    for (const TaskNetwork::Action &A : M.Actions)
      if (A.Obj)
        Objects.try_emplace(A.Obj, Objects.size());
  std::vector<ObjId> InOrder(Objects.size());
  for (auto [O, Number] : Objects)
    InOrder[Number] = O;
  for (size_t I = 0; I < InOrder.size(); ++I) {
    OS << "  o" << I << " [label=\"";
    quote(OS, U.describe(InOrder[I]));
    OS << "\" shape=" << shapeOf(U.object(InOrder[I]).Type)
       << " style=filled fillcolor=\"#ddf4ff\"]\n";
  }
  for (unsigned T = 0; T < Net.Tasks.size(); ++T)
    edges(T);
  OS << "}\n";
}

} // namespace

std::string report::networkDot(const summary::Summaries &All,
                               llvm::ArrayRef<FuncId> Entries) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (FuncId Entry : Entries) {
    TaskNetwork Net = taskNetwork(All, Entry);
    if (!Net.Tasks.empty())
      Dot(All.unit(), Net, OS).print();
  }
  return Text;
}

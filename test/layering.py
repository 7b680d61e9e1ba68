#!/usr/bin/env python3
"""Checks that data flows one way: an #include runs only from a layer to one that
it names in DEPENDS, and the layers' order has no way round.

  lib/X   may include lib/Y if Y is X, or in the transitive DEPENDS of
          lib/X/CMakeLists.txt, all of which come before X in HEDDLE_LAYERS
  clang/  only in lib/extract, tool/tidy and tool/clangd
  runtime includes nothing of lib or tool, and no LLVM

Usage: layering.py ROOT | --self-test
"""

import os
import re
import sys
import tempfile

SOURCES = (".h", ".hpp", ".inc", ".def", ".cpp", ".cc", ".c", ".S", ".in")
CLANG_FOLDERS = ("lib/extract", "tool/tidy", "tool/clangd")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
# A rule's text holds example programs in raw strings.
RAW_STRING = re.compile(r'R"([^()\\\s]{0,16})\(.*?\)\1"', re.S)


def blank(match):
    return '""' + "\n" * match[0].count("\n")


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def layers(root):
    """The order, as cmake/HeddleLibrary.cmake states it."""
    text = read(root, "cmake", "HeddleLibrary.cmake")
    return re.search(r"set\(HEDDLE_LAYERS\s+([^)]*)\)", text)[1].split()


def depends(root, folder):
    """The DEPENDS of the first heddle_ target in the folder's CMakeLists.txt."""
    path = os.path.join(root, folder, "CMakeLists.txt")
    if not os.path.exists(path):
        return []
    text = re.sub(r"#.*", "", read(path))
    call = re.search(r"heddle_(?:library|tool|plugin)\s*\(([^)]*)\)", text)
    words = call[1].split() if call else []
    if "DEPENDS" not in words:
        return []
    names = words[words.index("DEPENDS") + 1:]
    return [n for n in names if n not in ("SOURCES", "DEPENDS")]


def reach(direct, start):
    """All that start depends on, itself left out unless there is a cycle."""
    found, todo = set(), list(direct.get(start, []))
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += direct.get(name, [])
    return found


def folders(root, top):
    path = os.path.join(root, top)
    if not os.path.isdir(path):
        return []
    return sorted(n for n in os.listdir(path) if os.path.isdir(os.path.join(path, n)))


def includes(root, folder):
    """(file, line, included name) for every #include under the folder."""
    for path, _, names in sorted(os.walk(os.path.join(root, folder))):
        for name in sorted(names):
            if name.endswith(SOURCES):
                file = os.path.join(path, name)
                text = RAW_STRING.sub(blank, read(file))
                for match in INCLUDE.finditer(text):
                    line = text.count("\n", 0, match.start(1)) + 1
                    yield os.path.relpath(file, root), line, match[1]


def check(root):
    """The violations, one line of text each."""
    order = layers(root)
    found = []
    direct = {name: depends(root, f"lib/{name}") for name in folders(root, "lib")}
    for name, names in direct.items():
        where = f"lib/{name}/CMakeLists.txt"
        if name not in order:
            found.append(f"{where}: 'lib/{name}' is not in HEDDLE_LAYERS")
            continue
        for other in names:
            if other not in order or order.index(other) >= order.index(name):
                found.append(f"{where}: DEPENDS {other} points upward in the layer order")
        if name in reach(direct, name):
            found.append(f"{where}: lib/{name} depends on itself in a circle")

    for top in ("lib", "tool"):
        for name in folders(root, top):
            folder = f"{top}/{name}"
            if top == "lib":
                allowed = reach(direct, name) | {name}
            else:
                named = depends(root, folder)
                allowed = set(named).union(*(reach(direct, n) for n in named))
            found += check_includes(root, folder, order, allowed)
    for file, line, target in includes(root, "runtime"):
        first = target.split("/")[0]
        if first in order or first in ("clang", "llvm", "clang-tidy"):
            found.append(f"{file}:{line}: the runtime includes '{target}'")
    return found


def check_includes(root, folder, order, allowed):
    found = []
    for file, line, target in includes(root, folder):
        first = target.split("/")[0]
        if first in ("clang", "clang-c", "clang-tidy", "clang-tools-extra", "clangd"):
            if folder not in CLANG_FOLDERS:
                found.append(f"{file}:{line}: '{target}' is Clang's; only "
                             f"{', '.join(CLANG_FOLDERS)} may include that")
        elif ".." in target.split("/"):
            found.append(f"{file}:{line}: '{target}' climbs out of its folder; "
                         "name it from lib/")
        elif "/" in target and first in order and first not in allowed:
            found.append(f"{file}:{line}: {folder} includes '{target}' but does not "
                         f"name {first} in DEPENDS")
        elif first == "heddle" and folder.startswith("lib/"):
            found.append(f"{file}:{line}: the checker includes the runtime's '{target}'")
    return found


def self_test():
    """A small tree that is clean, then with one fault at a time."""
    clean = {
        "cmake/HeddleLibrary.cmake": "set(HEDDLE_LAYERS\n  support ir extract rules)\n",
        "lib/support/CMakeLists.txt": "heddle_library(support SOURCES Ids.cpp)",
        "lib/support/Ids.h": "#include <vector>\n#include \"llvm/ADT/StringRef.h\"\n",
        "lib/ir/CMakeLists.txt": "heddle_library(ir SOURCES Op.cpp DEPENDS support)",
        "lib/ir/Op.h": "#include \"support/Ids.h\"\n#include \"ir/Ops.def\"\n",
        "lib/extract/CMakeLists.txt": "heddle_library(extract SOURCES E.cpp DEPENDS ir)",
        "lib/extract/E.cpp": "#include \"clang/AST/Decl.h\"\n#include \"support/Ids.h\"\n",
        "lib/rules/CMakeLists.txt": "heddle_library(rules\n  SOURCES R.cpp # lots\n  DEPENDS ir)",
        "lib/rules/R.cpp": "#include \"ir/Op.h\"\n#include \"support/Ids.h\"\n"
                           "auto Bad = R\"cpp(\n#include <heddle/heddle.h>\n)cpp\";\n",
        "tool/check/CMakeLists.txt": "heddle_tool(heddle-check SOURCES m.cpp DEPENDS rules)",
        "tool/check/m.cpp": "#include \"rules/R.h\"\n#include \"ir/Op.h\"\n",
        "runtime/src/park.cpp": "#include <heddle/park.h>\n",
    }
    faults = {
        "an upward include": {"lib/ir/Op.h": "#include \"rules/R.h\"\n"},
        "an include not in DEPENDS": {"lib/rules/R.cpp": "#include \"extract/E.h\"\n"},
        "an upward DEPENDS": {
            "lib/ir/CMakeLists.txt": "heddle_library(ir SOURCES Op.cpp DEPENDS support rules)"},
        "a circle": {
            "lib/support/CMakeLists.txt": "heddle_library(support SOURCES a.cpp DEPENDS ir)"},
        "clang in a rule": {"lib/rules/R.cpp": "#include <clang/AST/Decl.h>\n"},
        "clang in the tool": {"tool/check/m.cpp": "  #  include \"clang/AST/Decl.h\"\n"},
        "a tool past its DEPENDS": {"tool/check/m.cpp": "#include \"extract/E.h\"\n"},
        "a relative way out": {"lib/ir/Op.h": "#include \"../rules/R.h\"\n"},
        "a folder without a place": {"lib/misc/M.h": "\n"},
        "the runtime in the checker": {"lib/rules/R.cpp": "#include <heddle/go.h>\n"},
        "the checker in the runtime": {"runtime/src/park.cpp": "#include \"ir/Op.h\"\n"},
        "LLVM in the runtime": {"runtime/src/park.cpp": "#include \"llvm/ADT/Twine.h\"\n"},
    }
    failures = []
    for what, changed in {"a clean tree": {}, **faults}.items():
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**clean, **changed}.items():
                os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text)
            found = check(root)
        if bool(found) != bool(changed):
            failures.append(f"{what}: found {found or 'nothing'}")
    print("\n".join(failures) or f"layering.py: {len(faults)} kinds of fault are caught")
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 1:
        sys.exit(__doc__)
    found = check(arguments[0])
    print("\n".join(found) or "layering: every include runs down the layers")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

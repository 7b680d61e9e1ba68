# lit's configuration: which files are tests, and the words a RUN line may use.
#
#   %check          heddle-check
#   %expect         test/expect.py over heddle-check, once with libstdc++ and once
#                   with libc++:      // RUN: %expect %s
#   %expect-opt     the same over heddle-opt, for skeleton text
#   %expect-only=GLOBS -- FILE   %expect with these checks on
#   %opt            heddle-opt
#   %clang-tidy     clang-tidy with the plugin loaded and only heddle's checks on
#   %exits N CMD    runs CMD, which must end with exit status N
#   %runtime_flags  the compiler flags that find <heddle/heddle.h>
#
# FileCheck, not, split-file and count are LLVM's own and on the PATH.

import glob
import os

import lit.formats

config.name = "heddle"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".skel", ".test", ".yaml"]
# Not lit's: programs of GoogleTest, scripts, and what other tests read.
config.excludes = ["Inputs", "runtime", "unit", "harness", "corpus", "package", "fuzz"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.heddle_obj_root, "test")

llvm_bin = os.path.join(config.llvm_root, "bin")
bin_dir = os.path.join(config.heddle_obj_root, "bin")
config.environment["PATH"] = os.pathsep.join([bin_dir, llvm_bin, config.environment["PATH"]])

check = os.path.join(bin_dir, "heddle-check")
opt = os.path.join(bin_dir, "heddle-opt")
expect = f"{config.python} {config.test_source_root}/expect.py"
runtime_flags = f"-std=c++20 -I{config.heddle_src_root}/runtime/include"
stdlibs = "--variant=-stdlib=libstdc++ --variant=-stdlib=libc++"
if not os.path.isdir(os.path.join(config.llvm_root, "include", "c++", "v1")):
    lit_config.note("libc++ is not installed: the rules' tests run with libstdc++ only")
    stdlibs = "--variant=-stdlib=libstdc++"

plugin = os.path.join(config.heddle_obj_root, "lib", "heddle", "HeddleTidy.so")
clang_tidy = os.path.join(llvm_bin, "clang-tidy")

if os.path.exists(opt):
    config.available_features.add("heddle-opt")
if os.path.exists(plugin) and os.path.exists(clang_tidy):
    config.available_features.add("clang-tidy")
# A clang-tidy of another version, if the machine has one: it must be refused.
others = [p for p in sorted(glob.glob("/usr/lib/llvm-*/bin/clang-tidy")) if p != clang_tidy]
if others and "clang-tidy" in config.available_features:
    config.available_features.add("other-clang-tidy")
    config.substitutions.append(("%other-clang-tidy", others[-1]))

# Longer words first: lit replaces in order, and %expect begins %expect-opt.
config.substitutions += [
    ("%expect-opt", f"{expect} {opt} --run-rules --"),
    ("%expect-only", f"{expect} --flags='{runtime_flags}' {stdlibs} {check} --color=never --checks"),
    ("%expect", f"{expect} --flags='{runtime_flags}' {stdlibs} {check} --color=never --"),
    ("%check", check),
    ("%opt", opt),
    ("%clang-tidy", f"{clang_tidy} -load={plugin} -checks='-*,heddle-*' --quiet"),
    ("%runtime_flags", runtime_flags),
    ("%exits", f"sh {config.test_source_root}/exits.sh"),
    ("%python", config.python),
    ("%src_root", config.heddle_src_root),
    ("%obj_root", config.heddle_obj_root),
]

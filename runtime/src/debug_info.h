// Source lines of a module, from its own debug information: no tool is started, nothing
// need be installed. Calls that were inlined are frames of their own.
//
// Built from the file at the first question, then kept: the list of its compilation units.
// Errors: without debug information, or where it is damaged, compressed or of a kind not
// known, there are fewer frames or none.
// Cost: the first question some ms per 10 MiB of .debug_info; then one unit is read.
#ifndef HEDDLE_SRC_DEBUG_INFO_H_
#define HEDDLE_SRC_DEBUG_INFO_H_

#include <memory>
#include <string>
#include <vector>

#include "dwarf_unit.h"
#include "elf_image.h"

namespace heddle::internal {

struct SourceFrame {
  std::string function;  // mangled where the file says so; "": not known
  std::string file;      // "": not known
  std::uint64_t line = 0;
  bool inlined = false;  // into the frame that follows
};

class DebugInfo {
 public:
  explicit DebugInfo(const ElfImage& image);

  // What `address` is part of: the innermost inlined call first, the function itself last.
  // Empty when nothing is known.
  std::vector<SourceFrame> FramesAt(std::uint64_t address);

 private:
  const DwarfUnit* UnitAt(std::uint64_t address);
  std::string FunctionName(const DwarfUnit& unit, const DwarfEntry& entry, int depth) const;

  DwarfSections sections_;
  std::vector<std::uint64_t> units_;  // offsets
  bool listed_ = false;
  std::vector<std::unique_ptr<DwarfUnit>> found_;  // those of earlier answers
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_DEBUG_INFO_H_

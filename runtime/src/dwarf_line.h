// The line table of one compilation unit: .debug_line, DWARF 2 to 5. After the standard,
// https://dwarfstd.org, section 6.2.
// Errors: a damaged table gives no line; a file of it that cannot be named is "".
// Cost: the table is run through at each lookup, some 10 ns a byte.
#ifndef HEDDLE_SRC_DWARF_LINE_H_
#define HEDDLE_SRC_DWARF_LINE_H_

#include <string>
#include <vector>

#include "dwarf_unit.h"

namespace heddle::internal {

struct LineRow {
  std::uint64_t file = 0;  // as LineTable::File counts
  std::uint64_t line = 0;  // 0: not known
};

class LineTable {
 public:
  // Of the unit; empty when it has none.
  explicit LineTable(const DwarfUnit& unit);

  // The row that covers `address`; line 0 when there is none.
  LineRow Find(std::uint64_t address) const;

  // The whole path, as the compiler saw it.
  std::string File(std::uint64_t index) const;

 private:
  struct Name {
    const char* text;
    std::uint64_t folder;
  };
  void ReadNames(ByteCursor& cursor);
  void ReadNames5(ByteCursor& cursor, const DwarfSections& sections, bool folders);
  void RunSpecial(struct LineState* state, unsigned opcode) const;

  const char* base_ = "";  // folder of the compilation
  Bytes program_;
  unsigned version_ = 0;
  unsigned offset_size_ = 4;
  unsigned min_instruction_ = 1;
  int line_base_ = 0;
  unsigned line_range_ = 1;
  std::vector<unsigned char> lengths_;  // arguments of each standard opcode, from 1 on
  std::vector<const char*> folders_;
  std::vector<Name> files_;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_DWARF_LINE_H_

// One compilation unit of .debug_info, DWARF 2 to 5: its entries, one after the other, and
// the values of their attributes. After the standard, https://dwarfstd.org, section 7.
//
// Entries are read in the order in which they lie in the file, which is that of the tree,
// parents first. Only the attributes that a report needs are kept.
// Errors: what is damaged or not known ends the reading: ReadEntry returns false.
// Cost: some 100 ns an entry; a unit of a large C++ file has 100,000 of them.
#ifndef HEDDLE_SRC_DWARF_UNIT_H_
#define HEDDLE_SRC_DWARF_UNIT_H_

#include <vector>

#include "byte_cursor.h"
#include "elf_image.h"

namespace heddle::internal {

// The sections; empty ones are not there.
struct DwarfSections {
  explicit DwarfSections(const ElfImage& image);
  Bytes info, abbrev, str, line_str, str_offsets, addr, ranges, rnglists, line;
};

struct DwarfValue {
  std::uint32_t form = 0;  // 0: the attribute is not there
  std::uint64_t number = 0;
  const char* text = nullptr;
};

struct DwarfEntry {
  std::uint64_t offset = 0;  // in .debug_info
  std::uint32_t tag = 0;     // 0: the end of a list of children
  bool children = false;
  DwarfValue name, linkage_name, low_pc, high_pc, ranges, origin, specification, call_file,
      call_line, sibling, stmt_list, comp_dir, str_offsets_base, addr_base, rnglists_base;
};

enum DwarfTag : std::uint32_t {
  kTagSubprogram = 0x2e,
  kTagInlinedSubroutine = 0x1d,
};

class DwarfUnit {
 public:
  // Reads the header at `offset` of .debug_info and the first entry. Check `ok` and `next`.
  DwarfUnit(const DwarfSections& sections, std::uint64_t offset);

  bool ok() const { return ok_; }
  std::uint64_t next() const { return end_; }  // where the next unit is
  const DwarfEntry& root() const { return root_; }

  // A cursor to the root.
  ByteCursor Entries() const { return ByteCursor(Whole(), first_); }
  bool ReadEntry(ByteCursor& cursor, DwarfEntry* entry) const;

  // Whether the entry's code covers `address`.
  bool Covers(const DwarfEntry& entry, std::uint64_t address) const;

  // Null when the value is not a string.
  const char* Text(const DwarfValue& value) const;
  // Where in .debug_info the value points; 0 when it does not.
  std::uint64_t Reference(const DwarfValue& value) const;

  const DwarfSections& sections() const { return *sections_; }

 private:
  struct Attribute {
    std::uint32_t name, form;
    std::int64_t implicit;
  };
  struct Abbreviation {
    std::uint32_t tag = 0;
    bool children = false;
    std::vector<Attribute> attributes;
  };

  // .debug_info up to the end of this unit.
  Bytes Whole() const { return sections_->info.first(end_); }
  void ReadAbbreviations(std::uint64_t offset);
  DwarfValue ReadValue(ByteCursor& cursor, std::uint32_t form, std::int64_t implicit) const;
  bool Address(const DwarfValue& value, std::uint64_t* address) const;
  bool AddressAt(std::uint64_t index, std::uint64_t* address) const;
  bool RangesCover(std::uint64_t offset, std::uint64_t address) const;
  bool RangeListCovers(std::uint64_t offset, std::uint64_t address) const;

  const DwarfSections* sections_;
  std::uint64_t start_;
  std::uint64_t end_ = 0;
  std::uint64_t first_ = 0;  // offset of the root
  unsigned version_ = 0;
  unsigned offset_size_ = 4;
  unsigned address_size_ = 8;
  bool ok_ = false;
  std::vector<Abbreviation> abbreviations_;  // by code
  DwarfEntry root_;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_DWARF_UNIT_H_

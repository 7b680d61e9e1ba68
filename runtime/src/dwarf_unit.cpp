// See dwarf_unit.h. The numbers are the standard's.
#include "dwarf_unit.h"

namespace heddle::internal {

namespace {

// clang-format off
enum Form : std::uint32_t {
  kAddr = 0x01, kBlock2 = 0x03, kBlock4 = 0x04, kData2 = 0x05, kData4 = 0x06, kData8 = 0x07,
  kString = 0x08, kBlock = 0x09, kBlock1 = 0x0a, kData1 = 0x0b, kFlag = 0x0c, kSdata = 0x0d,
  kStrp = 0x0e, kUdata = 0x0f, kRefAddr = 0x10, kRef1 = 0x11, kRef2 = 0x12, kRef4 = 0x13,
  kRef8 = 0x14, kRefUdata = 0x15, kIndirect = 0x16, kSecOffset = 0x17, kExprloc = 0x18,
  kFlagPresent = 0x19, kStrx = 0x1a, kAddrx = 0x1b, kRefSup4 = 0x1c, kStrpSup = 0x1d,
  kData16 = 0x1e, kLineStrp = 0x1f, kRefSig8 = 0x20, kImplicitConst = 0x21, kLoclistx = 0x22,
  kRnglistx = 0x23, kRefSup8 = 0x24, kStrx1 = 0x25, kStrx2 = 0x26, kStrx3 = 0x27, kStrx4 = 0x28,
  kAddrx1 = 0x29, kAddrx2 = 0x2a, kAddrx3 = 0x2b, kAddrx4 = 0x2c, kGnuRefAlt = 0x1f20,
  kGnuStrpAlt = 0x1f21,
};
// clang-format on

// No compiler gives larger codes than it has abbreviations; a damaged file might.
constexpr std::uint64_t kMaxCode = 1 << 20;

DwarfValue* Wanted(DwarfEntry* entry, std::uint32_t attribute) {
  switch (attribute) {
    case 0x01:
      return &entry->sibling;
    case 0x03:
      return &entry->name;
    case 0x10:
      return &entry->stmt_list;
    case 0x11:
      return &entry->low_pc;
    case 0x12:
      return &entry->high_pc;
    case 0x1b:
      return &entry->comp_dir;
    case 0x31:
      return &entry->origin;
    case 0x47:
      return &entry->specification;
    case 0x55:
      return &entry->ranges;
    case 0x58:
      return &entry->call_file;
    case 0x59:
      return &entry->call_line;
    case 0x6e:
    case 0x2007:
      return &entry->linkage_name;  // the latter before DWARF 4
    case 0x72:
      return &entry->str_offsets_base;
    case 0x73:
      return &entry->addr_base;
    case 0x74:
      return &entry->rnglists_base;
    default:
      return nullptr;
  }
}

// A range from 0 is of code that the linker has thrown away.
bool Within(std::uint64_t address, std::uint64_t low, std::uint64_t high) {
  return low != 0 && low <= address && address < high;
}

const char* StringAt(Bytes section, std::uint64_t offset) {
  ByteCursor cursor(section, offset);
  const char* text = cursor.String();
  return cursor.ok() ? text : nullptr;
}

}  // namespace

DwarfSections::DwarfSections(const ElfImage& image)
    : info(image.Section(".debug_info")),
      abbrev(image.Section(".debug_abbrev")),
      str(image.Section(".debug_str")),
      line_str(image.Section(".debug_line_str")),
      str_offsets(image.Section(".debug_str_offsets")),
      addr(image.Section(".debug_addr")),
      ranges(image.Section(".debug_ranges")),
      rnglists(image.Section(".debug_rnglists")),
      line(image.Section(".debug_line")) {}

DwarfUnit::DwarfUnit(const DwarfSections& sections, std::uint64_t offset)
    : sections_(&sections), start_(offset) {
  ByteCursor cursor(sections.info, offset);
  std::uint64_t length = cursor.Fixed(4);
  if (length == 0xffffffff) {
    offset_size_ = 8;
    length = cursor.Fixed(8);
  }
  const std::uint64_t body = cursor.at();
  if (!cursor.ok() || length == 0 || length > sections.info.size() - body) return;
  end_ = body + length;
  version_ = static_cast<unsigned>(cursor.Fixed(2));
  std::uint64_t type = 1;
  std::uint64_t abbreviations = 0;
  if (version_ >= 5) {
    type = cursor.Fixed(1);
    address_size_ = static_cast<unsigned>(cursor.Fixed(1));
    abbreviations = cursor.Fixed(offset_size_);
    if (type == 4 || type == 5) cursor.Skip(8);  // skeleton, split: an id
  } else {
    abbreviations = cursor.Fixed(offset_size_);
    address_size_ = static_cast<unsigned>(cursor.Fixed(1));
  }
  // Types units have no code.
  if (version_ < 2 || version_ > 5 || type == 2 || type == 6) return;
  if (!cursor.ok() || cursor.at() > end_ || (address_size_ != 4 && address_size_ != 8)) return;
  first_ = cursor.at();
  ReadAbbreviations(abbreviations);
  ByteCursor entries = Entries();
  ok_ = ReadEntry(entries, &root_) && root_.tag != 0;
}

void DwarfUnit::ReadAbbreviations(std::uint64_t offset) {
  ByteCursor cursor(sections_->abbrev, offset);
  while (const std::uint64_t code = cursor.Uleb()) {
    if (code > kMaxCode) return;
    Abbreviation abbreviation;
    abbreviation.tag = static_cast<std::uint32_t>(cursor.Uleb());
    abbreviation.children = cursor.Fixed(1) != 0;
    for (;;) {
      Attribute attribute{};
      attribute.name = static_cast<std::uint32_t>(cursor.Uleb());
      attribute.form = static_cast<std::uint32_t>(cursor.Uleb());
      if (attribute.form == kImplicitConst) attribute.implicit = cursor.Sleb();
      if (attribute.name == 0 && attribute.form == 0) break;
      abbreviation.attributes.push_back(attribute);
    }
    if (!cursor.ok()) return;
    if (code >= abbreviations_.size()) abbreviations_.resize(code + 1);
    abbreviations_[code] = std::move(abbreviation);
  }
}

DwarfValue DwarfUnit::ReadValue(ByteCursor& cursor, std::uint32_t form,
                                std::int64_t implicit) const {
  if (form == kIndirect) {
    form = static_cast<std::uint32_t>(cursor.Uleb());
    if (form == kIndirect) cursor.Skip(~std::uint64_t{0});
  }
  DwarfValue value{form, 0, nullptr};
  // clang-format off
  switch (form) {
    case kAddr: value.number = cursor.Fixed(address_size_); break;
    case kData1: case kRef1: case kFlag: case kStrx1: case kAddrx1:
      value.number = cursor.Fixed(1);
      break;
    case kData2: case kRef2: case kStrx2: case kAddrx2: value.number = cursor.Fixed(2); break;
    case kStrx3: case kAddrx3: value.number = cursor.Fixed(3); break;
    case kData4: case kRef4: case kRefSup4: case kStrx4: case kAddrx4:
      value.number = cursor.Fixed(4);
      break;
    case kData8: case kRef8: case kRefSig8: case kRefSup8: value.number = cursor.Fixed(8); break;
    case kData16: cursor.Skip(16); break;
    case kString: value.text = cursor.String(); break;
    case kBlock1: cursor.Skip(cursor.Fixed(1)); break;
    case kBlock2: cursor.Skip(cursor.Fixed(2)); break;
    case kBlock4: cursor.Skip(cursor.Fixed(4)); break;
    case kBlock: case kExprloc: cursor.Skip(cursor.Uleb()); break;
    case kSdata: value.number = static_cast<std::uint64_t>(cursor.Sleb()); break;
    case kUdata: case kRefUdata: case kStrx: case kAddrx: case kLoclistx: case kRnglistx:
      value.number = cursor.Uleb();
      break;
    case kRefAddr: value.number = cursor.Fixed(version_ == 2 ? address_size_ : offset_size_); break;
    case kStrp: case kSecOffset: case kLineStrp: case kStrpSup: case kGnuRefAlt: case kGnuStrpAlt:
      value.number = cursor.Fixed(offset_size_);
      break;
    case kFlagPresent: value.number = 1; break;
    case kImplicitConst: value.number = static_cast<std::uint64_t>(implicit); break;
    default: cursor.Skip(~std::uint64_t{0});  // of unknown length
  }
  // clang-format on
  return value;
}

bool DwarfUnit::ReadEntry(ByteCursor& cursor, DwarfEntry* entry) const {
  if (cursor.done()) return false;
  *entry = DwarfEntry{};
  entry->offset = cursor.at();
  const std::uint64_t code = cursor.Uleb();
  if (code == 0) return cursor.ok();
  if (code >= abbreviations_.size() || abbreviations_[code].tag == 0) return false;
  const Abbreviation& abbreviation = abbreviations_[code];
  entry->tag = abbreviation.tag;
  entry->children = abbreviation.children;
  for (const Attribute& attribute : abbreviation.attributes) {
    const DwarfValue value = ReadValue(cursor, attribute.form, attribute.implicit);
    if (DwarfValue* wanted = Wanted(entry, attribute.name)) *wanted = value;
  }
  return cursor.ok();
}

const char* DwarfUnit::Text(const DwarfValue& value) const {
  switch (value.form) {
    case kString:
      return value.text;
    case kStrp:
      return StringAt(sections_->str, value.number);
    case kLineStrp:
      return StringAt(sections_->line_str, value.number);
    case kStrx:
    case kStrx1:
    case kStrx2:
    case kStrx3:
    case kStrx4: {
      if (value.number > sections_->str_offsets.size()) return nullptr;
      ByteCursor cursor(sections_->str_offsets,
                        root_.str_offsets_base.number + value.number * offset_size_);
      const std::uint64_t offset = cursor.Fixed(offset_size_);
      return cursor.ok() ? StringAt(sections_->str, offset) : nullptr;
    }
    default:
      return nullptr;
  }
}

std::uint64_t DwarfUnit::Reference(const DwarfValue& value) const {
  switch (value.form) {
    case kRef1:
    case kRef2:
    case kRef4:
    case kRef8:
    case kRefUdata:
      return start_ + value.number;
    case kRefAddr:
      return value.number;
    default:
      return 0;
  }
}

bool DwarfUnit::AddressAt(std::uint64_t index, std::uint64_t* address) const {
  if (index > sections_->addr.size()) return false;
  ByteCursor cursor(sections_->addr, root_.addr_base.number + index * address_size_);
  *address = cursor.Fixed(address_size_);
  return cursor.ok();
}

bool DwarfUnit::Address(const DwarfValue& value, std::uint64_t* address) const {
  switch (value.form) {
    case kAddr:
      *address = value.number;
      return true;
    case kAddrx:
    case kAddrx1:
    case kAddrx2:
    case kAddrx3:
    case kAddrx4:
      return AddressAt(value.number, address);
    default:
      return false;
  }
}

bool DwarfUnit::Covers(const DwarfEntry& entry, std::uint64_t address) const {
  if (entry.ranges.form != 0) {
    if (version_ < 5) return RangesCover(entry.ranges.number, address);
    std::uint64_t offset = entry.ranges.number;
    if (entry.ranges.form == kRnglistx) {
      if (offset > sections_->rnglists.size()) return false;
      ByteCursor cursor(sections_->rnglists, root_.rnglists_base.number + offset * offset_size_);
      offset = root_.rnglists_base.number + cursor.Fixed(offset_size_);
      if (!cursor.ok()) return false;
    }
    return RangeListCovers(offset, address);
  }
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (entry.high_pc.form == 0 || !Address(entry.low_pc, &low)) return false;
  if (!Address(entry.high_pc, &high)) high = low + entry.high_pc.number;
  return Within(address, low, high);
}

// .debug_ranges, before DWARF 5: pairs, relative to a base.
bool DwarfUnit::RangesCover(std::uint64_t offset, std::uint64_t address) const {
  std::uint64_t base = 0;
  Address(root_.low_pc, &base);
  ByteCursor cursor(sections_->ranges, offset);
  const std::uint64_t select_base =
      address_size_ == 8 ? ~std::uint64_t{0} : std::uint64_t{0xffffffff};
  while (!cursor.done()) {
    const std::uint64_t low = cursor.Fixed(address_size_);
    const std::uint64_t high = cursor.Fixed(address_size_);
    if (!cursor.ok() || (low == 0 && high == 0)) return false;
    if (low == select_base) {
      base = high;
    } else if (Within(address, base + low, base + high)) {
      return true;
    }
  }
  return false;
}

bool DwarfUnit::RangeListCovers(std::uint64_t offset, std::uint64_t address) const {
  std::uint64_t base = 0;
  Address(root_.low_pc, &base);
  ByteCursor cursor(sections_->rnglists, offset);
  while (!cursor.done()) {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool known = true;
    const std::uint64_t kind = cursor.Fixed(1);
    switch (kind) {
      case 0:
        return false;
      case 1:
        known = AddressAt(cursor.Uleb(), &base);
        continue;
      case 2:
        known = AddressAt(cursor.Uleb(), &low) && AddressAt(cursor.Uleb(), &high);
        break;
      case 3:
        known = AddressAt(cursor.Uleb(), &low);
        high = low + cursor.Uleb();
        break;
      case 4:
        low = base + cursor.Uleb();
        high = base + cursor.Uleb();
        break;
      case 5:
        base = cursor.Fixed(address_size_);
        continue;
      case 6:
        low = cursor.Fixed(address_size_);
        high = cursor.Fixed(address_size_);
        break;
      case 7:
        low = cursor.Fixed(address_size_);
        high = low + cursor.Uleb();
        break;
      default:
        return false;
    }
    if (known && cursor.ok() && Within(address, low, high)) return true;
  }
  return false;
}

}  // namespace heddle::internal

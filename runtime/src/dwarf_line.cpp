// See dwarf_line.h.
#include "dwarf_line.h"

#include <filesystem>

namespace heddle::internal {

// The registers of the line-number machine that a report needs.
struct LineState {
  std::uint64_t address = 0;
  std::uint64_t file = 1;
  std::uint64_t line = 1;
};

namespace {

// More of them than any compiler makes are a sign of damage.
constexpr std::uint64_t kMaxNames = 1 << 20;

enum Content : std::uint64_t { kPath = 1, kDirectoryIndex = 2 };
enum StandardOpcode : unsigned {
  kExtended = 0,
  kCopy = 1,
  kAdvancePc = 2,
  kAdvanceLine = 3,
  kSetFile = 4,
  kConstAddPc = 8,
  kFixedAdvancePc = 9,
};
enum ExtendedOpcode : unsigned { kEndSequence = 1, kSetAddress = 2 };

const char* StringFrom(Bytes section, std::uint64_t offset) {
  ByteCursor cursor(section, offset);
  return cursor.String();
}

}  // namespace

LineTable::LineTable(const DwarfUnit& unit) {
  const DwarfSections& sections = unit.sections();
  if (unit.root().stmt_list.form == 0) return;
  if (const char* folder = unit.Text(unit.root().comp_dir)) base_ = folder;
  ByteCursor cursor(sections.line, unit.root().stmt_list.number);
  std::uint64_t length = cursor.Fixed(4);
  if (length == 0xffffffff) {
    offset_size_ = 8;
    length = cursor.Fixed(8);
  }
  const Bytes whole = Part(sections.line, cursor.at(), length);
  cursor = ByteCursor(whole);
  version_ = static_cast<unsigned>(cursor.Fixed(2));
  if (version_ < 2 || version_ > 5) return;
  if (version_ >= 5) cursor.Skip(2);  // sizes of an address and of a segment selector
  const std::uint64_t header = cursor.Fixed(offset_size_);
  const std::uint64_t program = cursor.at() + header;
  min_instruction_ = static_cast<unsigned>(cursor.Fixed(1));
  if (version_ >= 4) cursor.Skip(1);  // operations of a VLIW instruction
  cursor.Skip(1);                     // whether rows begin a statement
  line_base_ = static_cast<signed char>(cursor.Fixed(1));
  line_range_ = static_cast<unsigned>(cursor.Fixed(1));
  const std::uint64_t opcodes = cursor.Fixed(1);
  for (std::uint64_t i = 1; i < opcodes; ++i) {
    lengths_.push_back(static_cast<unsigned char>(cursor.Fixed(1)));
  }
  if (version_ >= 5) {
    ReadNames5(cursor, sections, true);
    ReadNames5(cursor, sections, false);
  } else {
    ReadNames(cursor);
  }
  if (!cursor.ok() || line_range_ == 0 || header > whole.size() || program > whole.size()) return;
  program_ = whole.subspan(program);
}

// Before DWARF 5: folder 0 is that of the compilation, file 0 is none.
void LineTable::ReadNames(ByteCursor& cursor) {
  folders_.push_back(base_);
  for (const char* text = cursor.String(); *text != '\0'; text = cursor.String()) {
    folders_.push_back(text);
  }
  files_.push_back({"", 0});
  for (const char* text = cursor.String(); *text != '\0'; text = cursor.String()) {
    files_.push_back({text, cursor.Uleb()});
    cursor.Uleb();  // time
    cursor.Uleb();  // size
  }
}

void LineTable::ReadNames5(ByteCursor& cursor, const DwarfSections& sections, bool folders) {
  struct Format {
    std::uint64_t content, form;
  };
  std::vector<Format> formats(cursor.Fixed(1));
  for (Format& format : formats) {
    format.content = cursor.Uleb();
    format.form = cursor.Uleb();
  }
  const std::uint64_t count = cursor.Uleb();
  if (count > kMaxNames) return cursor.Skip(~std::uint64_t{0});
  for (std::uint64_t i = 0; i < count && cursor.ok(); ++i) {
    Name name{"", 0};
    for (const Format& format : formats) {
      std::uint64_t number = 0;
      const char* text = "";
      switch (format.form) {
        case 0x08:
          text = cursor.String();
          break;
        case 0x0e:
          text = StringFrom(sections.str, cursor.Fixed(offset_size_));
          break;
        case 0x1f:
          text = StringFrom(sections.line_str, cursor.Fixed(offset_size_));
          break;
        case 0x0b:
          number = cursor.Fixed(1);
          break;
        case 0x05:
          number = cursor.Fixed(2);
          break;
        case 0x06:
          number = cursor.Fixed(4);
          break;
        case 0x07:
          number = cursor.Fixed(8);
          break;
        case 0x0f:
          number = cursor.Uleb();
          break;
        case 0x09:
          cursor.Skip(cursor.Uleb());
          break;
        case 0x1e:
          cursor.Skip(16);
          break;  // a checksum
        default:
          return cursor.Skip(~std::uint64_t{0});
      }
      if (format.content == kPath) name.text = text;
      if (format.content == kDirectoryIndex) name.folder = number;
    }
    if (folders) {
      folders_.push_back(name.text);
    } else {
      files_.push_back(name);
    }
  }
}

void LineTable::RunSpecial(LineState* state, unsigned opcode) const {
  const unsigned adjusted = opcode - static_cast<unsigned>(lengths_.size()) - 1;
  state->address += adjusted / line_range_ * min_instruction_;
  state->line += static_cast<std::uint64_t>(line_base_ + static_cast<int>(adjusted % line_range_));
}

LineRow LineTable::Find(std::uint64_t address) const {
  ByteCursor cursor(program_);
  LineState state;
  LineState before;          // the row before, whose range ends where the next begins
  bool in_sequence = false;  // `before` is a row
  while (!cursor.done()) {
    const auto opcode = static_cast<unsigned>(cursor.Fixed(1));
    bool row = false;
    bool end = false;
    if (opcode > lengths_.size()) {
      RunSpecial(&state, opcode);
      row = true;
    } else if (opcode == kExtended) {
      const std::uint64_t length = cursor.Uleb();
      if (length == 0) continue;
      const auto extended = static_cast<unsigned>(cursor.Fixed(1));
      if (extended == kSetAddress && length - 1 <= 8) {
        state.address = cursor.Fixed(static_cast<unsigned>(length - 1));
      } else {
        row = end = extended == kEndSequence;
        cursor.Skip(length - 1);
      }
    } else {
      switch (opcode) {
        case kCopy:
          row = true;
          break;
        case kAdvancePc:
          state.address += cursor.Uleb() * min_instruction_;
          break;
        case kAdvanceLine:
          state.line += static_cast<std::uint64_t>(cursor.Sleb());
          break;
        case kSetFile:
          state.file = cursor.Uleb();
          break;
        case kConstAddPc:
          state.address += (255 - lengths_.size() - 1) / line_range_ * min_instruction_;
          break;
        case kFixedAdvancePc:
          state.address += cursor.Fixed(2);
          break;
        default:  // of no interest
          for (unsigned i = 0; i < lengths_[opcode - 1]; ++i) cursor.Uleb();
      }
    }
    if (!row) continue;
    if (in_sequence && before.address <= address && address < state.address) {
      return {before.file, before.line};
    }
    before = state;
    // A sequence from 0 is of code that the linker has thrown away.
    in_sequence = !end && state.address != 0;
    if (end) state = LineState{};
  }
  return {};
}

std::string LineTable::File(std::uint64_t index) const {
  if (index >= files_.size() || *files_[index].text == '\0') return "";
  const Name& name = files_[index];
  if (*name.text == '/') return std::filesystem::path(name.text).lexically_normal().string();
  std::string path = name.folder < folders_.size() ? folders_[name.folder] : "";
  if (path.empty() || path[0] != '/') {
    path = path.empty() ? std::string(base_) : std::string(base_) + "/" + path;
  }
  path = path.empty() ? name.text : path + "/" + name.text;
  return std::filesystem::path(path).lexically_normal().string();
}

}  // namespace heddle::internal

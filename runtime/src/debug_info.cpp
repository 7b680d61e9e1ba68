// See debug_info.h.
#include "debug_info.h"

#include "dwarf_line.h"

namespace heddle::internal {

namespace {

// Longer chains of references from an inlined call to its name are a sign of damage.
constexpr int kMaxReferences = 8;

// The function that covers `address` and the inlined calls in it, outermost first. Unless
// `into_functions`, what lies within functions that do not cover it is not looked at.
std::vector<DwarfEntry> Nest(const DwarfUnit& unit, std::uint64_t address, bool into_functions) {
  std::vector<DwarfEntry> nest;
  int depth = 0;
  int function_depth = 0;  // of nest[0]
  DwarfEntry entry;
  for (ByteCursor cursor = unit.Entries(); unit.ReadEntry(cursor, &entry);) {
    if (entry.tag == 0) {
      if (--depth <= 0) break;
      if (!nest.empty() && depth <= function_depth) break;  // all of the function is read
      continue;
    }
    if (!nest.empty() && depth <= function_depth) break;
    const bool function = entry.tag == kTagSubprogram;
    if ((function || entry.tag == kTagInlinedSubroutine) && unit.Covers(entry, address)) {
      if (function) {
        nest.clear();
        function_depth = depth;
      }
      nest.push_back(entry);
    } else if (function && entry.children && entry.sibling.form != 0 && !into_functions) {
      const std::uint64_t sibling = unit.Reference(entry.sibling);
      if (sibling > cursor.at()) {
        cursor.Skip(sibling - cursor.at());
        continue;
      }
    }
    if (entry.children) ++depth;
  }
  return nest;
}

}  // namespace

DebugInfo::DebugInfo(const ElfImage& image) : sections_(image) {}

const DwarfUnit* DebugInfo::UnitAt(std::uint64_t address) {
  for (const auto& unit : found_) {
    if (unit->Covers(unit->root(), address)) return unit.get();
  }
  if (!listed_) {
    listed_ = true;
    for (std::uint64_t offset = 0; offset < sections_.info.size();) {
      const DwarfUnit unit(sections_, offset);
      if (unit.ok()) units_.push_back(offset);
      if (unit.next() <= offset) break;
      offset = unit.next();
    }
  }
  for (const std::uint64_t offset : units_) {
    auto unit = std::make_unique<DwarfUnit>(sections_, offset);
    if (!unit->Covers(unit->root(), address)) continue;
    found_.push_back(std::move(unit));
    return found_.back().get();
  }
  return nullptr;
}

std::string DebugInfo::FunctionName(const DwarfUnit& unit, const DwarfEntry& entry,
                                    int depth) const {
  if (const char* text = unit.Text(entry.linkage_name)) return text;
  const DwarfValue& reference = entry.origin.form != 0 ? entry.origin : entry.specification;
  const std::uint64_t offset = unit.Reference(reference);
  std::string name;
  if (offset != 0 && depth < kMaxReferences) {
    DwarfEntry target;
    if (offset >= unit.root().offset && offset < unit.next()) {
      ByteCursor cursor = unit.Entries();
      cursor.Skip(offset - cursor.at());
      if (unit.ReadEntry(cursor, &target)) name = FunctionName(unit, target, depth + 1);
    } else {
      for (std::size_t i = 0; i < units_.size(); ++i) {  // of another unit: link-time optimization
        if (units_[i] > offset || (i + 1 < units_.size() && units_[i + 1] <= offset)) continue;
        const DwarfUnit other(sections_, units_[i]);
        ByteCursor cursor = other.Entries();
        if (offset < cursor.at()) break;
        cursor.Skip(offset - cursor.at());
        if (other.ReadEntry(cursor, &target)) name = FunctionName(other, target, depth + 1);
      }
    }
  }
  if (!name.empty()) return name;
  const char* plain = unit.Text(entry.name);
  return plain != nullptr ? plain : "";
}

std::vector<SourceFrame> DebugInfo::FramesAt(std::uint64_t address) {
  const DwarfUnit* unit = UnitAt(address);
  if (unit == nullptr) return {};
  const LineTable lines(*unit);
  const LineRow row = lines.Find(address);
  std::vector<DwarfEntry> nest = Nest(*unit, address, false);
  // g++ describes a lambda within the function that has it, which may be nowhere itself.
  if (nest.empty()) nest = Nest(*unit, address, true);
  std::vector<SourceFrame> frames;
  SourceFrame frame{"", lines.File(row.file), row.line, false};
  // Each entry names a function; the place in its caller is where it was called.
  for (std::size_t i = nest.size(); i-- > 0;) {
    frame.function = FunctionName(*unit, nest[i], 0);
    frame.inlined = i > 0;
    frames.push_back(frame);
    frame = SourceFrame{"", lines.File(nest[i].call_file.number), nest[i].call_line.number, false};
  }
  if (frames.empty()) frames.push_back(frame);
  return frames;
}

}  // namespace heddle::internal

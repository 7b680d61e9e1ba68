// The reader of debug information: on this program's own, and on damaged copies of it.
#include "debug_info.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <link.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace heddle::internal {
namespace {

// `seen` is the return address of the call, whose line is that of `Look`.
[[gnu::noinline]] const void* Here() { return __builtin_return_address(0); }

[[gnu::always_inline]] inline const void* Inlined() {
  const void* seen = Here();
  asm volatile("");
  return seen;
}
constexpr int kInlinedLine = __LINE__ - 4;

[[gnu::noinline]] const void* Look() {
  const void* seen = Inlined();
  asm volatile("");
  return seen;
}
constexpr int kLookLine = __LINE__ - 4;

std::uint64_t InFile(const void* pc) {
  Dl_info info{};
  void* extra = nullptr;
  EXPECT_NE(dladdr1(pc, &info, &extra, RTLD_DL_LINKMAP), 0);
  return reinterpret_cast<std::uintptr_t>(pc) - 1 - static_cast<const link_map*>(extra)->l_addr;
}

std::vector<unsigned char> OwnFile() {
  std::ifstream file("/proc/self/exe", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DebugInfo, NamesInlinedCallsAndLines) {
  const ElfImage image("/proc/self/exe");
  DebugInfo debug(image);
  const std::vector<SourceFrame> frames = debug.FramesAt(InFile(Look()));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_NE(frames[0].function.find("Inlined"), std::string::npos) << frames[0].function;
  EXPECT_EQ(frames[0].file.front(), '/');
  EXPECT_TRUE(frames[0].file.ends_with("/internal/debug_info_test.cpp")) << frames[0].file;
  EXPECT_EQ(frames[0].line, static_cast<std::uint64_t>(kInlinedLine));
  EXPECT_TRUE(frames[0].inlined);
  EXPECT_NE(frames[1].function.find("Look"), std::string::npos) << frames[1].function;
  EXPECT_EQ(frames[1].line, static_cast<std::uint64_t>(kLookLine));
  EXPECT_FALSE(frames[1].inlined);
}

TEST(DebugInfo, NothingIsKnownOfAnAddressOutside) {
  const ElfImage image("/proc/self/exe");
  DebugInfo debug(image);
  EXPECT_TRUE(debug.FramesAt(1).empty());
  EXPECT_TRUE(debug.FramesAt(~std::uint64_t{0}).empty());
}

TEST(DebugInfo, NoFileIsNoImage) {
  for (const char* path : {"/no/such/file", "/proc/self", "/dev/null", "/proc/self/maps"}) {
    const ElfImage image(path);
    EXPECT_TRUE(image.Section(".debug_info").empty());
    EXPECT_EQ(image.FunctionAt(4096).name, nullptr);
  }
}

// Asks everything of `file`; what comes back does not matter, that it comes back does.
void Ask(const std::vector<unsigned char>& file, std::uint64_t address) {
  const ElfImage image(file);
  image.FunctionAt(address);
  DebugInfo debug(image);
  for (const SourceFrame& frame : debug.FramesAt(address)) {
    ASSERT_LT(frame.file.size(), file.size());
  }
}

class Damaged : public testing::Test {
 protected:
  // Under a sanitizer, or on a slow machine, as many rounds as fit.
  bool InTime() const { return std::chrono::steady_clock::now() < end_; }
  const std::chrono::steady_clock::time_point end_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(3);
  std::mt19937_64 random_{20260101};
  const std::vector<unsigned char> whole_ = OwnFile();
  const std::uint64_t address_ = InFile(Look());
};

TEST_F(Damaged, CutShort) {
  for (int round = 0; round < 200 && InTime(); ++round) {
    const auto size = static_cast<std::ptrdiff_t>(random_() % whole_.size());
    Ask({whole_.begin(), whole_.begin() + size}, address_);
  }
}

TEST_F(Damaged, AnyBytesAreWrong) {
  const ElfImage image(whole_);
  for (const char* name :
       {".debug_info", ".debug_abbrev", ".debug_line", ".debug_line_str", ".debug_str_offsets",
        ".debug_addr", ".debug_rnglists", ".debug_ranges", ".symtab", ".strtab", ".shstrtab"}) {
    const Bytes section = image.Section(name);
    if (section.empty()) continue;
    const std::size_t start = section.data() - whole_.data();
    for (int round = 0; round < 40 && InTime(); ++round) {
      std::vector<unsigned char> file = whole_;
      for (int i = 0; i < 1 + round * 10; ++i) {
        // The first kilobyte is in use for sure, whatever the address.
        const std::size_t most =
            round % 2 == 0 ? section.size() : std::min<std::size_t>(section.size(), 1024);
        file[start + random_() % most] = static_cast<unsigned char>(random_());
      }
      Ask(file, address_);
    }
  }
}

TEST_F(Damaged, TheHeadersAreWrong) {
  std::uint64_t sections = 0;
  std::memcpy(&sections, whole_.data() + offsetof(ElfW(Ehdr), e_shoff), sizeof(ElfW(Off)));
  for (int round = 0; round < 300 && InTime(); ++round) {
    std::vector<unsigned char> file = whole_;
    const std::uint64_t start = round % 2 == 0 ? 0 : sections;
    const std::uint64_t most = round % 2 == 0 ? sizeof(ElfW(Ehdr)) : file.size() - sections;
    file[start + random_() % most] = static_cast<unsigned char>(random_());
    Ask(file, address_);
  }
}

}  // namespace
}  // namespace heddle::internal

// Reading ELF and DWARF, which may be damaged: every read is checked against the end.
// After a read that does not fit, `ok` is false for good and every read gives 0, so that
// callers check once per item and loops end.
#ifndef HEDDLE_SRC_BYTE_CURSOR_H_
#define HEDDLE_SRC_BYTE_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace heddle::internal {

using Bytes = std::span<const unsigned char>;

class ByteCursor {
 public:
  explicit ByteCursor(Bytes bytes, std::uint64_t at = 0) : bytes_(bytes), at_(at) {
    if (at > bytes.size()) Fail();
  }

  bool ok() const { return ok_; }
  std::uint64_t at() const { return at_; }
  bool done() const { return !ok_ || at_ == bytes_.size(); }

  void Skip(std::uint64_t count) {
    if (!ok_ || count > bytes_.size() - at_) return Fail();
    at_ += count;
  }

  // A little-endian number of 1 to 8 bytes.
  std::uint64_t Fixed(unsigned size) {
    std::uint64_t value = 0;
    if (!ok_ || size > sizeof(value) || size > bytes_.size() - at_) {
      Fail();
      return 0;
    }
    std::memcpy(&value, bytes_.data() + at_, size);
    at_ += size;
    return value;
  }

  std::uint64_t Uleb() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint64_t byte = Fixed(1);
      if (shift < 64) value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return ok_ ? value : 0;
    }
  }

  std::int64_t Sleb() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;;) {
      const std::uint64_t byte = Fixed(1);
      if (shift < 64) value |= (byte & 0x7f) << shift;
      shift += 7;
      if ((byte & 0x80) != 0) continue;
      if ((byte & 0x40) != 0 && shift < 64) value |= ~std::uint64_t{0} << shift;
      return ok_ ? static_cast<std::int64_t>(value) : 0;
    }
  }

  // Up to and with its zero; "" when there is none.
  const char* String() {
    const void* end = ok_ ? std::memchr(bytes_.data() + at_, 0, bytes_.size() - at_) : nullptr;
    if (end == nullptr) {
      Fail();
      return "";
    }
    const char* text = reinterpret_cast<const char*>(bytes_.data() + at_);
    at_ = static_cast<const unsigned char*>(end) - bytes_.data() + 1;
    return text;
  }

 private:
  void Fail() {
    ok_ = false;
    at_ = bytes_.size();
  }

  Bytes bytes_;
  std::uint64_t at_;
  bool ok_ = true;
};

// `size` bytes of `all` from `at` on, or none.
inline Bytes Part(Bytes all, std::uint64_t at, std::uint64_t size) {
  if (at > all.size() || size > all.size() - at) return {};
  return all.subspan(at, size);
}

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_BYTE_CURSOR_H_

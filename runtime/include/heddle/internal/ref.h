// The counted reference that every public handle is made of. Not part of the interface.
//
// Not std::shared_ptr: that counts inline, half of the time in code that is compiled with
// the program and half of the time in the library's. ThreadSanitizer, when only one of the
// two is instrumented, sees half of the counting, and takes the last drop for a race with
// the one before.
#ifndef HEDDLE_INTERNAL_REF_H_
#define HEDDLE_INTERNAL_REF_H_

#include <cstddef>
#include <utility>

namespace heddle::internal {

// An owning pointer to a T, which only the library knows: `AddRef(T*)` and `Release(T*)`,
// found beside T, count. Release also orders: what was done with the T before any drop
// happens before its end.
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
  // Takes over a reference that the caller has.
  explicit Ref(T* owned) noexcept : at_(owned) {}
  Ref(const Ref& other) noexcept : at_(other.at_) {
    if (at_ != nullptr) AddRef(at_);
  }
  Ref(Ref&& other) noexcept : at_(std::exchange(other.at_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(at_, other.at_);
    return *this;
  }
  ~Ref() {
    if (at_ != nullptr) Release(at_);
  }

  T* get() const { return at_; }
  T* operator->() const { return at_; }
  friend bool operator==(const Ref& a, const Ref& b) { return a.at_ == b.at_; }
  friend bool operator==(const Ref& a, std::nullptr_t) { return a.at_ == nullptr; }

 private:
  T* at_ = nullptr;
};

}  // namespace heddle::internal

#endif  // HEDDLE_INTERNAL_REF_H_

// The part of a channel that does not depend on its element's type. Not part of the
// interface.
#ifndef HEDDLE_INTERNAL_CHANNEL_CORE_H_
#define HEDDLE_INTERNAL_CHANNEL_CORE_H_

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

#include "heddle/internal/ref.h"

namespace heddle::internal {

class ChannelCore;

// What a channel must know of its element type. `move` constructs at `to` from `from`.
struct ElementType {
  std::size_t size;
  std::size_t align;
  void (*move)(void* to, void* from);
  void (*destroy)(void* at);
};

template <class T>
inline constexpr ElementType kElementType{
    sizeof(T), alignof(T),
    [](void* to, void* from) { ::new (to) T(std::move(*static_cast<T*>(from))); },
    [](void* at) { static_cast<T*>(at)->~T(); }};

enum class TryState : std::uint8_t { kValue, kEmpty, kClosed };

// One case of a select, as the core sees it.
struct SelectCase {
  enum class Kind : std::uint8_t { kRecv, kSend, kTimeout, kDefault };
  Kind kind;
  ChannelCore* channel;     // null: never fires
  void* slot;               // kRecv: where to construct the value; kSend: where to move it from
  std::int64_t timeout_ns;  // kTimeout
  bool received;            // out, kRecv: a value has been constructed in `slot`
};

// Null means the nil channel throughout, but for the two that count references.
ChannelCore* NewChannel(const ElementType* type, std::size_t capacity);
void AddRef(ChannelCore* core) noexcept;
void Release(ChannelCore* core) noexcept;

void ChannelSend(ChannelCore* core, void* value);
bool ChannelTrySend(ChannelCore* core, void* value);
// Constructs the value at `slot`. Returns false, and constructs nothing, when the
// channel is closed and drained.
bool ChannelRecv(ChannelCore* core, void* slot);
TryState ChannelTryRecv(ChannelCore* core, void* slot);
void ChannelClose(ChannelCore* core);
std::size_t ChannelLen(const ChannelCore* core);
std::size_t ChannelCap(const ChannelCore* core);
// Whether there is a handle beside the caller's.
bool ChannelIsShared(const ChannelCore* core);

// Waits for one of the cases and returns its index.
int SelectCases(SelectCase* cases, int count);

// Room for one T whose life is not the scope's.
template <class T>
struct Slot {
  Slot() {}  // its bytes are left as they are, also by `Slot{}`
  alignas(T) unsigned char bytes[sizeof(T)];
  void* at() { return bytes; }
  T& value() { return *std::launder(reinterpret_cast<T*>(bytes)); }
};

// Destroys the value of a slot at the end of the scope.
template <class T>
struct SlotGuard {
  Slot<T>& slot;
  ~SlotGuard() { slot.value().~T(); }
};

using ChannelRef = Ref<ChannelCore>;

}  // namespace heddle::internal

#endif  // HEDDLE_INTERNAL_CHANNEL_CORE_H_

// Channels: values from task to task, in order, with the order of memory that goes
// with them. The three classes are handles: copying one shares the channel.
//
//              nil                  open                             closed
//   Send       parks for ever       parks until there is room or a   panics
//                                   receiver (also unbuffered)
//   Recv       parks for ever       parks until there is a value     what is buffered,
//                                                                    then empty
//   Close      panics               closes                           panics
//
// A send happens before the return of the receive of its value; a close before the
// return of a receive that reports it; and the k-th receive from a channel of capacity C
// before the return of the send of value k + C.
// Thread-safety: every member may be called from every task. Moved-from handles are nil.
#ifndef HEDDLE_CHANNEL_H_
#define HEDDLE_CHANNEL_H_

#include <cstddef>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>

#include "heddle/internal/channel_core.h"
#include "heddle/panic.h"

namespace heddle {

// The element of a channel that only signals.
struct Unit {
  friend constexpr bool operator==(Unit, Unit) { return true; }
};

enum class RecvState { kValue, kEmpty, kClosed };

// What TryRecv found. `value` is engaged exactly when `state` is kValue.
template <class T>
struct TryRecvResult {
  using State = RecvState;
  static constexpr RecvState kValue = RecvState::kValue;
  static constexpr RecvState kEmpty = RecvState::kEmpty;
  static constexpr RecvState kClosed = RecvState::kClosed;

  RecvState state = RecvState::kEmpty;
  std::optional<T> value;
};

template <class T>
class Channel;
template <class T>
class SendChannel;
template <class T>
class RecvChannel;

namespace internal {

// What all three handles have.
template <class T>
class ChannelHandle {
 public:
  using value_type = T;

  // Values in the buffer. Zero for nil. A snapshot. Blocks: never.
  std::size_t Len() const { return ChannelLen(core()); }
  std::size_t Cap() const { return ChannelCap(core()); }
  // Whether it is not nil.
  explicit operator bool() const { return core() != nullptr; }
  // Whether both are the same channel, however they are held.
  friend bool operator==(const ChannelHandle& a, const ChannelHandle& b) {
    return a.core() == b.core();
  }

  ChannelCore* core() const { return ref_.get(); }  // not part of the interface

 protected:
  ChannelHandle() = default;
  explicit ChannelHandle(ChannelRef ref) : ref_(std::move(ref)) {}
  const ChannelRef& ref() const { return ref_; }

  void DoSend(T& value) const { ChannelSend(core(), &value); }
  bool DoTrySend(T& value) const { return ChannelTrySend(core(), &value); }
  std::optional<T> DoRecv() const {
    Slot<T> slot;
    if (!ChannelRecv(core(), slot.at())) return std::nullopt;
    SlotGuard<T> guard{slot};
    return std::optional<T>(std::move(slot.value()));
  }
  TryRecvResult<T> DoTryRecv() const {
    Slot<T> slot;
    const TryState state = ChannelTryRecv(core(), slot.at());
    if (state == TryState::kEmpty) return {RecvState::kEmpty, std::nullopt};
    if (state == TryState::kClosed) return {RecvState::kClosed, std::nullopt};
    SlotGuard<T> guard{slot};
    return {RecvState::kValue, std::optional<T>(std::move(slot.value()))};
  }

 private:
  ChannelRef ref_;
};

}  // namespace internal

// What is left to receive, as a range: `for (T& v : c)` ends when the channel is closed
// and drained. Receives one value ahead of the loop's body, as any input iterator.
template <class T>
class RecvIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = T*;
  using reference = T&;

  RecvIterator() = default;
  explicit RecvIterator(RecvChannel<T> from) : from_(std::move(from)) { ++*this; }

  T& operator*() const { return *value_; }
  T* operator->() const { return &*value_; }
  RecvIterator& operator++() {
    value_.reset();
    std::optional<T> next = from_.Recv();
    if (next) value_.emplace(std::move(*next));
    return *this;
  }
  void operator++(int) { ++*this; }
  // Only meaningful against end().
  friend bool operator==(const RecvIterator& a, const RecvIterator& b) {
    return a.value_.has_value() == b.value_.has_value();
  }

 private:
  RecvChannel<T> from_ = RecvChannel<T>::Nil();
  mutable std::optional<T> value_;
};

// The receiving view.
template <class T>
class RecvChannel : public internal::ChannelHandle<T> {
  using Base = internal::ChannelHandle<T>;

 public:
  // The nil channel.
  RecvChannel() = default;
  RecvChannel(const Channel<T>& channel);  // NOLINT(google-explicit-constructor)
  static RecvChannel Nil() { return RecvChannel(); }

  // The next value; empty once the channel is closed and drained. Blocks: task.
  std::optional<T> Recv() const { return Base::DoRecv(); }
  // The next value if there is one. Blocks: never.
  TryRecvResult<T> TryRecv() const { return Base::DoTryRecv(); }

  RecvIterator<T> begin() const { return RecvIterator<T>(*this); }
  RecvIterator<T> end() const { return RecvIterator<T>(); }
};

// The sending view.
template <class T>
class SendChannel : public internal::ChannelHandle<T> {
  using Base = internal::ChannelHandle<T>;

 public:
  // The nil channel.
  SendChannel() = default;
  SendChannel(const Channel<T>& channel);  // NOLINT(google-explicit-constructor)
  static SendChannel Nil() { return SendChannel(); }

  // As Channel's.
  void Send(T value) const { Base::DoSend(value); }
  bool TrySend(T& value) const { return Base::DoTrySend(value); }
  void Close() const { internal::ChannelClose(Base::core()); }
};

// A channel of T, which must be movable. `Channel<T> c;` is unbuffered.
template <class T>
class Channel : public internal::ChannelHandle<T> {
  static_assert(std::is_same_v<T, std::remove_cv_t<T>> && std::is_object_v<T>);
  static_assert(std::is_move_constructible_v<T>, "heddle::Channel: T must be movable");
  using Base = internal::ChannelHandle<T>;

 public:
  Channel() : Channel(0) {}
  // With room for `capacity` values.
  explicit Channel(std::size_t capacity)
      : Base(internal::ChannelRef(internal::NewChannel(&internal::kElementType<T>, capacity))) {}
  // The nil channel: sends and receives park for ever; in a select it never fires.
  static Channel Nil() { return Channel(internal::ChannelRef()); }

  // Sends. Parks while the buffer is full; unbuffered: until a receiver has it.
  // Blocks: task. Panics: `send on closed channel`, also when it is closed meanwhile.
  void Send(T value) const { Base::DoSend(value); }
  // Sends if it need not park; `value` is moved from only then. Blocks: never.
  // Panics: `send on closed channel`.
  bool TrySend(T& value) const { return Base::DoTrySend(value); }
  // The next value; empty once the channel is closed and drained. Blocks: task.
  std::optional<T> Recv() const { return Base::DoRecv(); }
  // The next value if there is one. Blocks: never.
  TryRecvResult<T> TryRecv() const { return Base::DoTryRecv(); }
  // No more values will come. Wakes every receiver, and every sender, which panics.
  // Blocks: never. Panics: `close of closed channel`, `close of nil channel`.
  void Close() const { internal::ChannelClose(Base::core()); }

  RecvIterator<T> begin() const { return RecvIterator<T>(RecvChannel<T>(*this)); }
  RecvIterator<T> end() const { return RecvIterator<T>(); }

 private:
  friend class RecvChannel<T>;
  friend class SendChannel<T>;
  explicit Channel(internal::ChannelRef ref) : Base(std::move(ref)) {}
};

template <class T>
RecvChannel<T>::RecvChannel(const Channel<T>& channel) : Base(channel.ref()) {}
template <class T>
SendChannel<T>::SendChannel(const Channel<T>& channel) : Base(channel.ref()) {}

}  // namespace heddle

#endif  // HEDDLE_CHANNEL_H_

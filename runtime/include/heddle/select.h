// Select: wait for the first of several channel operations.
//
//   int chosen = heddle::Select(
//       heddle::OnRecv(a, [&](std::optional<int> v) { ... }),   // empty: closed
//       heddle::OnSend(b, value, [&] { ... }),
//       heddle::OnTimeout(10ms, [&] { ... }),
//       heddle::OnDefault([&] { ... }));
//
// Waits until one case can go on, completes it, runs its handler on the caller and
// returns its index, counted from zero. Among cases that are ready the choice is
// uniformly random. Nil channels never fire; a closed one is ready to receive; a send on
// it panics if chosen, with `send on closed channel`. OnDefault is taken when no channel is
// ready, OnTimeout when none has become so in time (from the call on; not positive: at
// once). With no cases, or only nil ones, it parks for ever. Handlers may be left out,
// and may use select themselves: no lock is held while one runs.
// Memory ordering: that of the operation chosen. Blocks: task.
// Cost: if the case that is tried first is ready, one channel's lock; else the locks of all
// are taken together, in the order of their addresses, after Go's runtime/select.go.
#ifndef HEDDLE_SELECT_H_
#define HEDDLE_SELECT_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "heddle/channel.h"
#include "heddle/internal/channel_core.h"

namespace heddle {

namespace internal {

struct NoHandler {
  template <class... Args>
  void operator()(Args&&...) const {}
};

template <class T, class H>
struct RecvCase {
  RecvChannel<T> channel;
  H handler;
  Slot<T> slot{};

  SelectCase Describe() {
    return {SelectCase::Kind::kRecv, channel.core(), slot.at(), 0, false};
  }
  void Finish(const SelectCase& done) {
    std::optional<T> value;
    if (done.received) {
      SlotGuard<T> guard{slot};
      value.emplace(std::move(slot.value()));
    }
    // A handler that looks at the value without asking whether there is one is right
    // where nobody closes the channel; g++ -O2 would warn of the path that is not taken.
    asm volatile("" : : "r"(&value) : "memory");
    handler(std::move(value));
  }
};

template <class T, class H>
struct SendCase {
  SendChannel<T> channel;
  T value;
  H handler;

  SelectCase Describe() { return {SelectCase::Kind::kSend, channel.core(), &value, 0, false}; }
  void Finish(const SelectCase&) { handler(); }
};

template <class H>
struct TimeoutCase {
  std::chrono::nanoseconds timeout;
  H handler;

  SelectCase Describe() {
    return {SelectCase::Kind::kTimeout, nullptr, nullptr, timeout.count(), false};
  }
  void Finish(const SelectCase&) { handler(); }
};

template <class H>
struct DefaultCase {
  H handler;

  SelectCase Describe() { return {SelectCase::Kind::kDefault, nullptr, nullptr, 0, false}; }
  void Finish(const SelectCase&) { handler(); }
};

template <class>
inline constexpr bool kIsCase = false;
template <class T, class H>
inline constexpr bool kIsCase<RecvCase<T, H>> = true;
template <class T, class H>
inline constexpr bool kIsCase<SendCase<T, H>> = true;
template <class H>
inline constexpr bool kIsCase<TimeoutCase<H>> = true;
template <class H>
inline constexpr bool kIsCase<DefaultCase<H>> = true;

}  // namespace internal

// Receives from `channel`; the handler takes a std::optional<T>.
template <class T, class H = internal::NoHandler>
internal::RecvCase<T, std::decay_t<H>> OnRecv(const RecvChannel<T>& channel, H&& handler = {}) {
  return {channel, std::forward<H>(handler)};
}
template <class T, class H = internal::NoHandler>
internal::RecvCase<T, std::decay_t<H>> OnRecv(const Channel<T>& channel, H&& handler = {}) {
  return {channel, std::forward<H>(handler)};
}

// Sends `value`, which is converted to T now; the handler takes nothing.
template <class T, class V, class H = internal::NoHandler>
internal::SendCase<T, std::decay_t<H>> OnSend(const SendChannel<T>& channel, V&& value,
                                              H&& handler = {}) {
  return {channel, T(std::forward<V>(value)), std::forward<H>(handler)};
}
template <class T, class V, class H = internal::NoHandler>
internal::SendCase<T, std::decay_t<H>> OnSend(const Channel<T>& channel, V&& value,
                                              H&& handler = {}) {
  return {channel, T(std::forward<V>(value)), std::forward<H>(handler)};
}

template <class H = internal::NoHandler>
internal::TimeoutCase<std::decay_t<H>> OnTimeout(std::chrono::nanoseconds timeout,
                                                 H&& handler = {}) {
  return {timeout, std::forward<H>(handler)};
}

template <class H = internal::NoHandler>
internal::DefaultCase<std::decay_t<H>> OnDefault(H&& handler = {}) {
  return {std::forward<H>(handler)};
}

template <class... Cases>
int Select(Cases&&... cases) {
  static_assert((internal::kIsCase<std::decay_t<Cases>> && ...),
                "heddle::Select takes OnRecv, OnSend, OnTimeout and OnDefault");
  // One more than needed, so that no cases make an array too.
  internal::SelectCase described[sizeof...(Cases) + 1] = {cases.Describe()...};
  const int chosen = internal::SelectCases(described, static_cast<int>(sizeof...(Cases)));
  int index = 0;
  [[maybe_unused]] auto finish = [&](auto& one) {
    if (index == chosen) one.Finish(described[index]);
    ++index;
  };
  (finish(cases), ...);
  return chosen;
}

}  // namespace heddle

#endif  // HEDDLE_SELECT_H_

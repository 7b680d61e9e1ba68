// Context: cancellation, deadlines and values, handed down from task to task. Includes
// TaskGroup, which has one.
#ifndef HEDDLE_CONTEXT_H_
#define HEDDLE_CONTEXT_H_

#include <chrono>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "heddle/channel.h"
#include "heddle/internal/ref.h"
#include "heddle/time.h"

namespace heddle {

enum class ContextError { kOk, kCanceled, kDeadlineExceeded };

namespace internal {
class ContextNode;

void AddRef(ContextNode* node) noexcept;
void Release(ContextNode* node) noexcept;
using ContextRef = Ref<ContextNode>;

// One address per type: a key that needs no RTTI.
template <class K>
inline constexpr char kContextKey = 0;

// What WithValue<K> stores: a K, or the K::Type of a K that is only a name.
template <class K, class = void>
struct ContextValueOf {
  using Type = K;
};
template <class K>
struct ContextValueOf<K, std::void_t<typename K::Type>> {
  using Type = typename K::Type;
};

const void* FindContextValue(const ContextNode* node, const void* key);
ContextRef NewValueNode(const ContextRef& parent, const void* key,
                        std::shared_ptr<const void> value);
}  // namespace internal

// A handle to a node of the tree; copying shares the node. Default-constructed:
// Background(). Cancelling a node cancels everything below it, and nothing else.
// Depth: as memory allows; neither cancelling nor dropping recurses. Done and Err step over
// the WithValue nodes up to the nearest node that can be cancelled, Value over all of them.
// Thread-safety: every member from every task. Blocks: never.
class Context {
 public:
  Context() = default;

  // Closed on cancellation; nil for a context that cannot be cancelled.
  RecvChannel<Unit> Done() const;
  // kOk until Done() is closed, then why.
  ContextError Err() const;
  // The earliest deadline up the tree, if any.
  std::optional<TimePoint> Deadline() const;

  // The value of the nearest WithValue<K> up the tree; empty if there is none.
  template <class K>
  std::optional<typename internal::ContextValueOf<K>::Type> Value() const {
    using V = typename internal::ContextValueOf<K>::Type;
    const void* value = internal::FindContextValue(ref_.get(), &internal::kContextKey<K>);
    if (value == nullptr) return std::nullopt;
    return *static_cast<const V*>(value);
  }

  // Not part of the interface.
  explicit Context(internal::ContextRef ref) : ref_(std::move(ref)) {}
  const internal::ContextRef& ref() const { return ref_; }

 private:
  internal::ContextRef ref_;
};

// Cancels the context that it came with, and waits for nothing. Copyable; calling it
// again, or after the deadline, does nothing.
class CancelFunc {
 public:
  CancelFunc() = default;
  void operator()() const;
  explicit CancelFunc(internal::ContextRef ref) : ref_(std::move(ref)) {}

 private:
  internal::ContextRef ref_;
};

// auto [ctx, cancel] = heddle::WithCancel(parent);
// Clang before version 16: lambdas capture these as [ctx = ctx] or [&ctx = ctx] only.
struct CancelableContext {
  Context ctx;
  CancelFunc cancel;
};

// The root: never cancelled, no deadline, no values.
Context Background();
[[nodiscard]] CancelableContext WithCancel(const Context& parent);
// Cancelled with kDeadlineExceeded after `d`, or at `t`; at once when that has passed.
[[nodiscard]] CancelableContext WithTimeout(const Context& parent, std::chrono::nanoseconds d);
[[nodiscard]] CancelableContext WithDeadline(const Context& parent, TimePoint t);

// `parent` with a value under the type K: a type of the caller's own, so that nobody
// else's value is in the way. The value is a K; or a K::Type, if K has that.
template <class K, class V>
Context WithValue(const Context& parent, V&& value) {
  using Stored = typename internal::ContextValueOf<K>::Type;
  return Context(internal::NewValueNode(parent.ref(), &internal::kContextKey<K>,
                                        std::make_shared<const Stored>(std::forward<V>(value))));
}

}  // namespace heddle

#include "heddle/task_group.h"

#endif  // HEDDLE_CONTEXT_H_

// The tree behind heddle/context.h.
//
// A node points up with a reference and down without one: a child that nobody holds is
// gone. Somebody may still hold the Done channel of such a child, or of one that went below
// it: its canceler keeps those channels (`orphans_`) and closes them in the child's place.
// Locks: one Mutex per node, never two at a time: a parent cancels its children after it
// has unlocked. A child leaves its canceler's list under the canceler's lock before it is
// deleted, so that what is in the list may be looked at under that lock.
// Nothing here recurses: neither up nor down is the depth of a tree bounded.
#include "heddle/context.h"

#include <atomic>
#include <cstdint>
#include <vector>

#include "heddle/mutex.h"
#include "sanitizer.h"

namespace heddle {

namespace internal {

namespace {

// States the order for programs under TSan when this file is not instrumented.
class NodeLock {
 public:
  explicit NodeLock(Mutex& mutex) : mutex_(mutex) {
    mutex_.Lock();
    TsanAcquire(&mutex_);
  }
  ~NodeLock() {
    TsanRelease(&mutex_);
    mutex_.Unlock();
  }
  NodeLock(const NodeLock&) = delete;
  NodeLock& operator=(const NodeLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace

class ContextNode {
 public:
  explicit ContextNode(const ContextRef& up) : parent(up.get()) {
    if (parent != nullptr) parent->Ref();
  }

  void Ref() { references_.fetch_add(1, std::memory_order_relaxed); }

  // Drops a reference to `node`. A node that goes drops the one to its parent: in this loop,
  // not in a destructor, since the chain may be deeper than a goroutine's stack.
  static void Unref(ContextNode* node) {
    while (node != nullptr) {
      TsanRelease(node);
      if (node->references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
      TsanAcquire(node);  // what its other holders did with it
      TsanAcquire(&node->mutex);
      if (node->canceler != nullptr) node->canceler->Bury(node);
      ContextNode* up = node->parent;
      delete node;
      node = up;
    }
  }

  // Cancels `node` and what is below it, parents first. The caller has a reference to it.
  static void Cancel(ContextNode* node, ContextError why) {
    ContextNode* todo = nullptr;  // linked by `next_`, each with a reference
    if (!node->CancelAlone(why, &todo)) return;
    if (node->canceler != nullptr) node->canceler->Forget(node);
    while (todo != nullptr) {
      ContextNode* child = todo;
      todo = child->next_;
      child->CancelAlone(why, &todo);
      Unref(child);
    }
  }

  // Makes `child` be cancelled with this one, at once if this is.
  void Adopt(ContextNode* child) {
    ContextError now;
    {
      NodeLock lock(mutex);
      now = error;
      if (now == ContextError::kOk) Link(child);
    }
    if (now != ContextError::kOk) Cancel(child, now);
  }

  ContextError Error() {
    NodeLock lock(mutex);
    return error;
  }

  ContextNode* const parent;        // with a reference
  ContextNode* canceler = nullptr;  // the nearest one up that can be cancelled; `parent` keeps it
  bool cancelable = false;
  Channel<Unit> done = Channel<Unit>::Nil();
  std::optional<TimePoint> deadline;
  const void* key = nullptr;
  std::shared_ptr<const void> value;

  Mutex mutex;
  ContextError error = ContextError::kOk;  // guarded by mutex
  std::optional<Timer> timer;              // guarded by mutex

 private:
  ~ContextNode() = default;

  // Makes a reference where there may be none left: of a node that is not deleted before
  // the caller unlocks its canceler.
  bool RefIfAlive() {
    std::uint32_t count = references_.load(std::memory_order_acquire);
    while (count != 0) {
      if (references_.compare_exchange_weak(count, count + 1, std::memory_order_acq_rel))
        return true;
    }
    return false;
  }

  // Cancels this node and puts its children, which it gives up, before *todo. Returns
  // whether the node had not been cancelled before.
  bool CancelAlone(ContextError why, ContextNode** todo) {
    std::vector<Channel<Unit>> closing;
    std::optional<Timer> stopping;
    {
      NodeLock lock(mutex);
      if (error != ContextError::kOk) return false;
      error = why;
      closing.swap(orphans_);
      stopping.swap(timer);
      done.Close();
      // From the last: they are cancelled in the order in which they were made.
      while (ContextNode* child = last_child_) {
        Unlink(child);
        if (child->RefIfAlive()) {
          child->next_ = *todo;
          *todo = child;
        } else {
          // Waits in Bury for this lock, and will find itself unlinked: nobody else will
          // close its channels, nor uses them.
          child->done.Close();
          for (const Channel<Unit>& channel : child->orphans_) channel.Close();
        }
      }
    }
    if (stopping) stopping->Stop();
    for (const Channel<Unit>& channel : closing) channel.Close();
    return true;
  }

  // Unlinks a child that nobody holds any more, and keeps the channels that it would have
  // closed and that somebody may wait for.
  void Bury(ContextNode* child) {
    NodeLock lock(mutex);
    if (!child->linked_) return;  // cancelled, or this was
    Unlink(child);
    if (child->orphans_.size() > orphans_.size()) child->orphans_.swap(orphans_);
    for (const Channel<Unit>& channel : child->orphans_) KeepIfShared(channel);
    child->orphans_.clear();
    KeepIfShared(child->done);
  }

  void KeepIfShared(const Channel<Unit>& channel) {
    if (!ChannelIsShared(channel.core())) return;
    if (orphans_.size() == orphans_.capacity()) {
      // Before they need more memory: those go that nobody waits for any more. Each look
      // costs as much as the pushes since the last one.
      std::erase_if(orphans_, [](const Channel<Unit>& c) { return !ChannelIsShared(c.core()); });
      orphans_.reserve(2 * orphans_.size() + 4);
    }
    orphans_.push_back(channel);
  }

  void Forget(ContextNode* child) {
    NodeLock lock(mutex);
    if (child->linked_) Unlink(child);
  }

  // Both: `mutex` is locked.
  void Link(ContextNode* child) {
    child->linked_ = true;
    child->previous_ = last_child_;
    child->next_ = nullptr;
    (last_child_ != nullptr ? last_child_->next_ : first_child_) = child;
    last_child_ = child;
  }
  void Unlink(ContextNode* child) {
    child->linked_ = false;
    (child->previous_ != nullptr ? child->previous_->next_ : first_child_) = child->next_;
    (child->next_ != nullptr ? child->next_->previous_ : last_child_) = child->previous_;
  }

  std::atomic<std::uint32_t> references_{1};
  // Among its canceler's children, and guarded by the canceler's mutex; once unlinked,
  // `next_` is of the one who cancels the canceler.
  bool linked_ = false;
  ContextNode* previous_ = nullptr;
  ContextNode* next_ = nullptr;
  // Guarded by `mutex`. A child counts no reference here.
  ContextNode* first_child_ = nullptr;
  ContextNode* last_child_ = nullptr;
  std::vector<Channel<Unit>> orphans_;
};

namespace {

// The nearest node, from `node` up, that can be cancelled.
ContextNode* NearestCancelable(ContextNode* node) {
  while (node != nullptr && !node->cancelable) node = node->parent;
  return node;
}

ContextRef NewCancelable(const Context& parent) {
  ContextRef ref(new ContextNode(parent.ref()));
  ContextNode* node = ref.get();
  node->cancelable = true;
  node->done = Channel<Unit>();
  node->deadline = parent.Deadline();
  node->canceler = NearestCancelable(parent.ref().get());
  return ref;
}

void JoinTree(ContextNode* node) {
  if (node->canceler != nullptr) node->canceler->Adopt(node);
}

}  // namespace

const void* FindContextValue(const ContextNode* node, const void* key) {
  for (; node != nullptr; node = node->parent) {
    if (node->key == key) return node->value.get();
  }
  return nullptr;
}

void AddRef(ContextNode* node) noexcept { node->Ref(); }
void Release(ContextNode* node) noexcept { ContextNode::Unref(node); }

ContextRef NewValueNode(const ContextRef& parent, const void* key,
                        std::shared_ptr<const void> value) {
  ContextRef ref(new ContextNode(parent));
  ContextNode* node = ref.get();
  if (node->parent != nullptr) node->deadline = node->parent->deadline;
  node->key = key;
  node->value = std::move(value);
  return ref;
}

}  // namespace internal

using internal::ContextNode;

RecvChannel<Unit> Context::Done() const {
  ContextNode* canceler = internal::NearestCancelable(ref().get());
  return canceler != nullptr ? RecvChannel<Unit>(canceler->done) : RecvChannel<Unit>::Nil();
}

ContextError Context::Err() const {
  ContextNode* canceler = internal::NearestCancelable(ref().get());
  return canceler != nullptr ? canceler->Error() : ContextError::kOk;
}

std::optional<TimePoint> Context::Deadline() const {
  const ContextNode* node = ref().get();
  return node != nullptr ? node->deadline : std::nullopt;
}

void CancelFunc::operator()() const {
  if (ref_.get() != nullptr) ContextNode::Cancel(ref_.get(), ContextError::kCanceled);
}

Context Background() { return Context(); }

CancelableContext WithCancel(const Context& parent) {
  internal::ContextRef ref = internal::NewCancelable(parent);
  internal::JoinTree(ref.get());
  return {Context(ref), CancelFunc(ref)};
}

CancelableContext WithDeadline(const Context& parent, TimePoint t) {
  internal::ContextRef ref = internal::NewCancelable(parent);
  ContextNode* node = ref.get();
  if (!node->deadline || t < *node->deadline) node->deadline = t;
  internal::JoinTree(node);
  // Compared before it is subtracted: a time may be too far back for the difference.
  const TimePoint now = std::chrono::steady_clock::now();
  if (t <= now) {
    ContextNode::Cancel(node, ContextError::kDeadlineExceeded);
  } else {
    internal::NodeLock lock(node->mutex);
    if (node->error == ContextError::kOk) {
      // Keeps the node until the deadline or its cancellation, which drops the timer.
      node->timer = Timer::AfterFunc(
          t - now, [ref] { ContextNode::Cancel(ref.get(), ContextError::kDeadlineExceeded); });
    }
  }
  return {Context(ref), CancelFunc(ref)};
}

CancelableContext WithTimeout(const Context& parent, std::chrono::nanoseconds d) {
  const TimePoint now = std::chrono::steady_clock::now();
  return WithDeadline(parent, d > TimePoint::max() - now ? TimePoint::max() : now + d);
}

}  // namespace heddle

// The tree behind heddle/context.h.
//
// A node points up with a strong reference and down with weak ones: a child that nobody
// holds is gone. Somebody may still hold the Done channel of such a child, so its parent
// keeps that channel (`orphans`) and closes it in the child's place.
// Locks: one Mutex per node, never two at a time: a parent cancels its children after it
// has unlocked.
#include "heddle/context.h"

#include <algorithm>
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

class ContextNode : public std::enable_shared_from_this<ContextNode> {
 public:
  explicit ContextNode(ContextNodePtr up) : parent(std::move(up)) {}

  ~ContextNode() {
    TsanAcquire(this);  // pairs with ~ContextRef
    TsanAcquire(&mutex);
    if (!cancelable || canceler == nullptr) return;
    NodeLock lock(canceler->mutex);
    auto& children = canceler->children;
    auto at = std::find_if(children.begin(), children.end(),
                           [&](const Child& child) { return child.node == this; });
    if (at == children.end()) return;
    children.erase(at);
    if (!ChannelIsShared(done.core())) return;
    auto& orphans = canceler->orphans;
    if (orphans.size() == orphans.capacity()) {
      // Before they need more memory: those go that nobody waits for any more. Each look
      // costs as much as the pushes since the last one.
      std::erase_if(orphans, [](const Channel<Unit>& c) { return !ChannelIsShared(c.core()); });
      orphans.reserve(2 * orphans.size() + 4);
    }
    orphans.push_back(done);
  }

  void Cancel(ContextError why) {
    std::vector<Child> below;
    std::vector<Channel<Unit>> closing;
    std::optional<Timer> stopping;
    {
      NodeLock lock(mutex);
      if (error != ContextError::kOk) return;
      error = why;
      below.swap(children);
      closing.swap(orphans);
      stopping.swap(timer);
      done.Close();
    }
    if (stopping) stopping->Stop();
    for (const Channel<Unit>& channel : closing) channel.Close();
    for (const Child& child : below) {
      if (ContextNodePtr alive = child.alive.lock()) {
        alive->Cancel(why);
      } else {
        // Its destructor found the list empty: nobody else will close the channel. Unless
        // it was cancelled before it went, by its own timer for one.
        ChannelCloseOnce(child.done.core());
      }
    }
    if (canceler != nullptr) canceler->Forget(this);
  }

  // Makes `child` be cancelled with this one, at once if this is.
  void Adopt(const ContextNodePtr& child) {
    ContextError now;
    {
      NodeLock lock(mutex);
      now = error;
      if (now == ContextError::kOk) children.push_back({child.get(), child, child->done});
    }
    if (now != ContextError::kOk) child->Cancel(now);
  }

  void Forget(ContextNode* child) {
    NodeLock lock(mutex);
    std::erase_if(children, [&](const Child& one) { return one.node == child; });
  }

  ContextError Error() {
    NodeLock lock(mutex);
    return error;
  }

  struct Child {
    ContextNode* node;
    std::weak_ptr<ContextNode> alive;
    Channel<Unit> done;
  };

  const ContextNodePtr parent;
  ContextNode* canceler = nullptr;  // the nearest one up that can be cancelled; `parent` keeps it
  bool cancelable = false;
  Channel<Unit> done = Channel<Unit>::Nil();
  std::optional<TimePoint> deadline;
  const void* key = nullptr;
  std::shared_ptr<const void> value;

  Mutex mutex;
  ContextError error = ContextError::kOk;  // guarded by mutex, as the rest
  std::vector<Child> children;
  std::vector<Channel<Unit>> orphans;
  std::optional<Timer> timer;
};

namespace {

// The nearest node, from `node` up, that can be cancelled.
ContextNode* NearestCancelable(ContextNode* node) {
  while (node != nullptr && !node->cancelable) node = node->parent.get();
  return node;
}

ContextNodePtr NewCancelable(const Context& parent) {
  auto node = std::make_shared<ContextNode>(parent.node());
  node->cancelable = true;
  node->done = Channel<Unit>();
  node->deadline = parent.Deadline();
  node->canceler = NearestCancelable(parent.node().get());
  return node;
}

void JoinTree(const ContextNodePtr& node) {
  if (node->canceler != nullptr) node->canceler->Adopt(node);
}

}  // namespace

const void* FindContextValue(const ContextNode* node, const void* key) {
  for (; node != nullptr; node = node->parent.get()) {
    if (node->key == key) return node->value.get();
  }
  return nullptr;
}

ContextRef::ContextRef(const ContextRef& other) noexcept = default;

ContextRef::~ContextRef() {
  if (node_ != nullptr) TsanRelease(node_.get());
}

ContextNodePtr NewValueNode(const ContextNodePtr& parent, const void* key,
                            std::shared_ptr<const void> value) {
  auto node = std::make_shared<ContextNode>(parent);
  if (node->parent != nullptr) node->deadline = node->parent->deadline;
  node->key = key;
  node->value = std::move(value);
  return node;
}

}  // namespace internal

using internal::ContextNode;

RecvChannel<Unit> Context::Done() const {
  ContextNode* canceler = internal::NearestCancelable(node().get());
  return canceler != nullptr ? RecvChannel<Unit>(canceler->done) : RecvChannel<Unit>::Nil();
}

ContextError Context::Err() const {
  ContextNode* canceler = internal::NearestCancelable(node().get());
  return canceler != nullptr ? canceler->Error() : ContextError::kOk;
}

std::optional<TimePoint> Context::Deadline() const {
  return node() != nullptr ? node()->deadline : std::nullopt;
}

void CancelFunc::operator()() const {
  if (ref_.node() != nullptr) ref_.node()->Cancel(ContextError::kCanceled);
}

Context Background() { return Context(); }

CancelableContext WithCancel(const Context& parent) {
  internal::ContextNodePtr node = internal::NewCancelable(parent);
  internal::JoinTree(node);
  return {Context(internal::ContextNodePtr(node)), CancelFunc(std::move(node))};
}

CancelableContext WithDeadline(const Context& parent, TimePoint t) {
  internal::ContextNodePtr node = internal::NewCancelable(parent);
  if (!node->deadline || t < *node->deadline) node->deadline = t;
  internal::JoinTree(node);
  const auto left =
      std::chrono::duration_cast<std::chrono::nanoseconds>(t - std::chrono::steady_clock::now());
  if (left.count() <= 0) {
    node->Cancel(ContextError::kDeadlineExceeded);
  } else {
    internal::NodeLock lock(node->mutex);
    if (node->error == ContextError::kOk) {
      // Keeps the node until the deadline or its cancellation, which drops the timer.
      node->timer =
          Timer::AfterFunc(left, [node] { node->Cancel(ContextError::kDeadlineExceeded); });
    }
  }
  return {Context(internal::ContextNodePtr(node)), CancelFunc(std::move(node))};
}

CancelableContext WithTimeout(const Context& parent, std::chrono::nanoseconds d) {
  const TimePoint now = std::chrono::steady_clock::now();
  return WithDeadline(parent, d > TimePoint::max() - now ? TimePoint::max() : now + d);
}

}  // namespace heddle

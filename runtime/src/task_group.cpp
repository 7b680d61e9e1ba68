// See heddle/task_group.h.
#include "heddle/task_group.h"

namespace heddle {

TaskGroup::TaskGroup(const Context& parent) : scope_(WithCancel(parent)) {}

TaskGroup::~TaskGroup() { scope_.cancel(); }

void TaskGroup::Fail(const std::string& text) {
  {
    MutexLock lock(mutex_);
    if (first_) return;
    first_ = text;
  }
  scope_.cancel();
}

void TaskGroup::Finish() {
  if (limit_ != nullptr) limit_->Release();
}

Error TaskGroup::Wait() {
  tasks_.Wait();
  scope_.cancel();
  MutexLock lock(mutex_);
  return first_;
}

void TaskGroup::SetLimit(int n) {
  if (limit_ != nullptr && !limit_->TryAcquire(permits_)) {
    throw Panic("errgroup: modify limit while goroutines in the group are still active");
  }
  permits_ = n < 0 ? 0 : n;
  limit_ = n < 0 ? nullptr : std::make_unique<Semaphore>(n);
}

}  // namespace heddle

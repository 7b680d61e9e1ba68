// Park and Unpark, for goroutines and for threads. See task.h for the protocol.
#include "monitor.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "task.h"
#include "thread_state.h"

namespace heddle::internal {

namespace {

// How long a thread looks before it sleeps: about what a futex round trip costs.
constexpr int kThreadSpins = kModelled ? 1 : 60;

void ParkThread(ThreadState* thread) {
  Task& task = thread->task;
  for (int i = 0; i < kThreadSpins; ++i) {
    // acquire: pairs with the exchange in Unpark
    if (task.state.load(std::memory_order_acquire) == kNotified) return;
    CpuRelax();
  }
  // release: pairs with the acquire load in deadlock.cpp; only this thread writes it
  thread->parks.store(thread->parks.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  std::uint32_t running = kRunning;
  // acq_rel: pairs with the exchange in Unpark
  if (!task.state.compare_exchange_strong(running, kParked, std::memory_order_acq_rel)) return;
  if (scheduler.stopped()) scheduler.Resume();  // a static destructor that waits for work
  SuspectDeadlock();
  while (task.state.load(std::memory_order_acquire) == kParked) {  // pairs with Unpark
    FutexWait(&task.state, kParked);
    if (StackTrace* trace = thread->dump_into.load()) {
      Capture(trace);
      thread->dump_into.store(nullptr);
    }
  }
}

}  // namespace

Task* CurrentTask() {
  Goroutine* g = CurrentGoroutine();
  return g != nullptr ? static_cast<Task*>(g) : &CurrentThread()->task;
}

void Park(WaitReason reason) {
  Worker* worker = CurrentWorker();
  Goroutine* g = RunningOn(worker);
  if (g != nullptr) {
    // acquire: pairs with the exchange in Unpark
    if (g->state.load(std::memory_order_acquire) != kNotified) {
      g->reason = reason;
      g->since_ns = CoarseNowNs();
      Leave(worker, g, After::kPark);
      static_cast<void>(g->state.load(std::memory_order_acquire));  // pairs with Unpark
    }
    g->state.store(kRunning, std::memory_order_relaxed);  // nobody else looks before we publish
    TsanAcquire(static_cast<Task*>(g));
    return;
  }
  scheduler.EnsureStarted();  // for the deadlock report
  ThreadState* thread = CurrentThread();
  thread->task.reason = reason;
  thread->task.since_ns = CoarseNowNs();
  ParkThread(thread);
  thread->task.state.store(kRunning, std::memory_order_relaxed);  // as above
  TsanAcquire(&thread->task);
}

Goroutine* UnparkLater(Task* task) {
  TsanRelease(task);
  const bool goroutine = task->is_goroutine;
  // acq_rel: release for the task, acquire of what its worker wrote when it committed
  const std::uint32_t before = task->state.exchange(kNotified, std::memory_order_acq_rel);
  ModelRequire(before != kNotified, "a task was resumed twice");
  if (before != kParked) return nullptr;
  if (goroutine) return static_cast<Goroutine*>(task);
  FutexWake(&task->state, 1);
  return nullptr;
}

void Unpark(Task* task) {
  if (Goroutine* g = UnparkLater(task)) scheduler.Ready(g);
}

const char* WaitReasonName(WaitReason reason) {
  switch (reason) {
    case WaitReason::kNone:
      return "running";
    case WaitReason::kChanReceive:
      return "chan receive";
    case WaitReason::kChanReceiveNil:
      return "chan receive (nil chan)";
    case WaitReason::kChanSend:
      return "chan send";
    case WaitReason::kChanSendNil:
      return "chan send (nil chan)";
    case WaitReason::kSelect:
      return "select";
    case WaitReason::kSelectNoCases:
      return "select (no cases)";
    case WaitReason::kWaitGroup:
      return "sync.WaitGroup.Wait";
    case WaitReason::kMutex:
      return "sync.Mutex.Lock";
    case WaitReason::kRWMutexRLock:
      return "sync.RWMutex.RLock";
    case WaitReason::kRWMutexLock:
      return "sync.RWMutex.Lock";
    case WaitReason::kCond:
      return "sync.Cond.Wait";
    case WaitReason::kSemaphore:
      return "semaphore acquire";
    case WaitReason::kSleep:
      return "sleep";
    case WaitReason::kRun:
      return "heddle.Run";
    case WaitReason::kIo:
      return "IO wait";
  }
  return "unknown";
}

}  // namespace heddle::internal

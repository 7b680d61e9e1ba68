// The scheduler's side of the poller: see poller.h for who polls and when.
//
// A sleeping worker's word `asleep` says where it sleeps (kOnFutex, kInPoll), so that
// its waker knows how to reach it. One that comes out of the poll with goroutines may
// still be in idle_: it takes itself out and a token for itself. If there is none to be
// had, or its waker was quicker, the goroutines go where any worker finds them.
#include "poller.h"
#include "scheduler.h"

namespace heddle::internal {

// Puts the goroutines of `list` behind each other into the worker's queue.
void Scheduler::PushList(Worker* worker, Goroutine* list) {
  if (list == nullptr) return;
  while (list != nullptr) {
    Goroutine* next = list->next;
    PushLocal(worker, list);
    list = next;
  }
  WakeOne();
}

void Scheduler::PushListCommon(Goroutine* list) {
  if (list == nullptr) return;
  int count = 1;
  Goroutine* last = list;
  for (; last->next != nullptr; last = last->next) ++count;
  PushCommon(list, last, count);
  WakeOne();
}

Goroutine* Scheduler::LookForIo(Worker* worker) {
  Goroutine* first = poller.Look();
  if (first != nullptr) PushList(worker, first->next);
  return first;
}

bool Scheduler::AttendToIo() {
  if (stopped() || !poller.Unattended()) return false;
  if (poller.looks() != looks_seen_) {  // a worker has looked since
    looks_seen_ = poller.looks();
    return true;
  }
  PushListCommon(poller.Look());
  looks_seen_ = poller.looks();
  WakeOne();  // if nothing is to be done it falls asleep in the poll, and we are rid of it
  return true;
}

// Takes `worker`, back from the poll, out of idle_ with a token for itself. Returns false
// when there is none.
bool Scheduler::WakeSelf(Worker* worker) {
  {
    SpinGuard guard(idle_lock_);
    int at = idle_count_ - 1;
    while (at >= 0 && idle_[at] != worker) --at;
    if (at >= 0) {
      const int running = running_.load(std::memory_order_relaxed);  // written under the lock
      if (running >= limit()) return false;
      running_.store(running + 1, std::memory_order_relaxed);
      idle_[at] = idle_[--idle_count_];
      worker->has_token.store(true, std::memory_order_relaxed);         // published by asleep
      worker->asleep.store(Worker::kAwake, std::memory_order_release);  // pairs with deadlock.cpp
      return true;
    }
  }
  // WakeOne took it out and is about to say so.
  for (int round = 0; worker->asleep.load(std::memory_order_acquire) != Worker::kAwake; ++round) {
    BackOff(round);
  }
  return true;
}

// Sleeps in the poll if nobody else does and somebody waits for a descriptor. Returns a
// goroutine to be run with the worker's token; or null: woken, or to sleep elsewhere.
Goroutine* Scheduler::SleepInPoll(Worker* worker) {
  while (!stopped() && poller.Enter()) {
    std::uint32_t asleep = Worker::kOnFutex;
    // acq_rel: pairs with the exchange in WakeOne, as does the next one
    Goroutine* ready = nullptr;
    const bool slept =
        worker->asleep.compare_exchange_strong(asleep, Worker::kInPoll, std::memory_order_acq_rel);
    if (slept) ready = poller.Wait();
    poller.Leave();
    if (ready != nullptr) {
      if (!stopped() && WakeSelf(worker)) {
        PushList(worker, ready->next);
        return ready;
      }
      PushListCommon(ready);
    }
    asleep = Worker::kInPoll;
    if (!slept || !worker->asleep.compare_exchange_strong(asleep, Worker::kOnFutex,
                                                          std::memory_order_acq_rel)) {
      return nullptr;  // woken
    }
  }
  return nullptr;
}

}  // namespace heddle::internal

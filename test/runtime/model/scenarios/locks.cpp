// Mutex, RWMutex, Semaphore, Cond, on threads; with them the parking table, whose two
// buckets make addresses meet, the spin lock, and Park and Unpark of threads.
#include <heddle/mutex.h>

#include "scenario.h"
#include "sync.h"
#include "task.h"

namespace heddle::model {

namespace {

SCENARIO(spin_lock, {}) {
  struct State {
    internal::SpinLock lock;
    int n = 0;
  };
  State* s = new State;
  const auto add = [=] {
    internal::SpinGuard guard(s->lock);
    ++s->n;
  };
  Together({add, add});
  Require(s->n == 2, "an increment was lost");
}

// How threads make themselves known to the runtime, and the first starts the scheduler.
SCENARIO(threads_attach, {.both = 2, .prepared = false}) {
  const auto attach = [] {
    PrepareThread();
    Require(internal::CurrentTask() == internal::CurrentTask(), "two identities");
  };
  Together({attach, attach, attach});
}

SCENARIO(park_unpark, {}) {
  struct State {
    internal::Atomic<internal::Task*> waiter{nullptr};
    int data = 0;
  };
  State* s = new State;
  Together({[=] {
              s->waiter.store(internal::CurrentTask(), std::memory_order_release);
              internal::Park(internal::WaitReason::kNone);
              Require(s->data == 1, "Park returned too early");
            },
            [=] {
              internal::Task* task;
              while ((task = s->waiter.load(std::memory_order_acquire)) == nullptr) Pause();
              s->data = 1;
              internal::Unpark(task);
            }});
}

struct Guarded {
  Mutex mutex;
  int n = 0;
  void Add() {
    MutexLock lock(mutex);
    ++n;
  }
};

SCENARIO(mutex_two, {}) {
  Guarded* g = new Guarded;
  const auto twice = [=] {
    g->Add();
    g->Add();
  };
  Together({twice, twice});
  Require(g->n == 4, "an increment was lost");
}

SCENARIO(mutex_three, {.both = 2}) {
  Guarded* g = new Guarded;
  const auto add = [=] { g->Add(); };
  Together({add, add, add});
  Require(g->n == 3, "an increment was lost");
}

SCENARIO(mutex_try, {}) {
  Guarded* g = new Guarded;
  Together({[=] { g->Add(); },
            [=] {
              if (!g->mutex.TryLock()) return;
              ++g->n;
              g->mutex.Unlock();
            }});
  Require(g->n == 1 || g->n == 2, "an increment was lost");
}

SCENARIO(rw_mutex_writers, {.both = 2}) {
  struct State {
    RWMutex mutex;
    int n = 0;
  };
  State* s = new State;
  const auto write = [=] {
    WriterLock lock(s->mutex);
    ++s->n;
  };
  Together({write, write, [=] {
              ReaderLock lock(s->mutex);
              Require(s->n >= 0, "");
            }});
  Require(s->n == 2, "an increment was lost");
}

SCENARIO(rw_mutex_readers, {.both = 2}) {
  struct State {
    RWMutex mutex;
    int a = 0;
    int b = 0;
  };
  State* s = new State;
  const auto read = [=] {
    ReaderLock lock(s->mutex);
    Require(s->a == s->b, "half a write was seen");
  };
  Together({read, read, [=] {
              WriterLock lock(s->mutex);
              ++s->a;
              ++s->b;
            }});
}

SCENARIO(semaphore_weights, {}) {
  struct State {
    Semaphore permits{2};
    int n = 0;
  };
  State* s = new State;
  Together({[=] {
              s->permits.Acquire(2);
              ++s->n;  // alone: it has all of them
              s->permits.Release(2);
            },
            [=] {
              s->permits.Acquire(2);
              ++s->n;
              s->permits.Release(1);
              s->permits.Release(1);
            }});
  Require(s->n == 2, "an increment was lost");
}

SCENARIO(semaphore_may_go, {}) {
  Semaphore* permits = new Semaphore(0);
  int* data = new int(0);
  Together({[=] {
              permits->Acquire();
              Require(*data == 1, "not ordered");
              delete permits;
            },
            [=] {
              *data = 1;
              permits->Release();
            }});
}

// Permits of two tasks go to one: it is after both.
SCENARIO(semaphore_collects, {.both = 2}) {
  struct State {
    Semaphore permits{0};
    int a = 0;
    int b = 0;
  };
  State* s = new State;
  Together({[=] {
              s->a = 1;
              s->permits.Release();
            },
            [=] {
              s->b = 1;
              s->permits.Release();
            },
            [=] {
              s->permits.Acquire(2);
              Require(s->a + s->b == 2, "not after both");
            }});
}

SCENARIO(cond_signal, {}) {
  struct State {
    Mutex mutex;
    Cond changed{mutex};
    bool ready = false;
  };
  State* s = new State;
  Together({[=] {
              MutexLock lock(s->mutex);
              s->changed.Wait([=] { return s->ready; });
            },
            [=] {
              {
                MutexLock lock(s->mutex);
                s->ready = true;
              }
              s->changed.Signal();
            }});
}

SCENARIO(cond_broadcast, {.preemptions = 1}) {
  struct State {
    Mutex mutex;
    Cond changed{mutex};
    bool ready = false;
  };
  State* s = new State;
  const auto wait = [=] {
    MutexLock lock(s->mutex);
    s->changed.Wait([=] { return s->ready; });
  };
  Together({wait, wait, [=] {
              MutexLock lock(s->mutex);
              s->ready = true;
              s->changed.Broadcast();
            }});
}

SCENARIO(once, {}) {
  struct State {
    Once once;
    int n = 0;
  };
  State* s = new State;
  const auto call = [=] {
    s->once.Do([=] { ++s->n; });
    Require(s->n == 1, "not called, or twice");
  };
  Together({call, call});
}

}  // namespace

}  // namespace heddle::model

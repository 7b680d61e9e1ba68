// Tests of the checker itself: what the C++ memory model allows is found, what it
// forbids is not. The names are those of the litmus-test literature.
#include "heddle/internal/atomic.h"
#include "scenario.h"

namespace heddle::model {

namespace {

using internal::Atomic;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

struct Two {
  Atomic<int> x{0};
  Atomic<int> y{0};
  int plain = 0;
  int a = -1, b = -1, c = -1, d = -1;
};

// Store buffering.
void StoreBuffering(std::memory_order order, bool fences) {
  Two* t = new Two;
  Together({[=] {
              t->x.store(1, order);
              if (fences) internal::Fence(memory_order_seq_cst);
              t->a = t->y.load(order == memory_order_release ? memory_order_acquire : order);
            },
            [=] {
              t->y.store(1, order);
              if (fences) internal::Fence(memory_order_seq_cst);
              t->b = t->x.load(order == memory_order_release ? memory_order_acquire : order);
            }});
  Require(t->a == 1 || t->b == 1, "both loads saw 0");
}

SCENARIO(sb_seq_cst, {}) { StoreBuffering(memory_order_seq_cst, false); }
SCENARIO(sb_fences, {}) { StoreBuffering(memory_order_relaxed, true); }
SCENARIO_FAILS(sb_release, "both loads saw 0", {}) { StoreBuffering(memory_order_release, false); }
SCENARIO_FAILS(sb_relaxed, "both loads saw 0", {}) { StoreBuffering(memory_order_relaxed, false); }

// Message passing of plain data.
void MessagePassing(std::memory_order store, std::memory_order load) {
  Two* t = new Two;
  Together({[=] {
              t->plain = 42;
              t->x.store(1, store);
            },
            [=] {
              if (t->x.load(load) == 1) Require(t->plain == 42, "the message is old");
            }});
}

SCENARIO(mp_release_acquire, {}) { MessagePassing(memory_order_release, memory_order_acquire); }
SCENARIO_FAILS(mp_relaxed_store, "data race", {}) {
  MessagePassing(memory_order_relaxed, memory_order_acquire);
}
SCENARIO_FAILS(mp_relaxed_load, "data race", {}) {
  MessagePassing(memory_order_release, memory_order_relaxed);
}

// The same with fences and atomics throughout: staleness, not a data race.
void FencedMessage(bool acquire_fence, bool release_fence) {
  Two* t = new Two;
  Together({[=] {
              t->y.store(42, memory_order_relaxed);
              if (release_fence) internal::Fence(memory_order_release);
              t->x.store(1, memory_order_relaxed);
            },
            [=] {
              if (t->x.load(memory_order_relaxed) == 0) return;
              if (acquire_fence) internal::Fence(memory_order_acquire);
              Require(t->y.load(memory_order_relaxed) == 42, "the message is old");
            }});
}

SCENARIO(mp_fences, {}) { FencedMessage(true, true); }
SCENARIO_FAILS(mp_no_acquire_fence, "the message is old", {}) { FencedMessage(false, true); }
SCENARIO_FAILS(mp_no_release_fence, "the message is old", {}) { FencedMessage(true, false); }

// Independent reads of independent writes.
void IndependentReads(std::memory_order store, std::memory_order load) {
  Two* t = new Two;
  Together({[=] { t->x.store(1, store); }, [=] { t->y.store(1, store); },
            [=] {
              t->a = t->x.load(load);
              t->b = t->y.load(load);
            },
            [=] {
              t->c = t->y.load(load);
              t->d = t->x.load(load);
            }});
  Require(!(t->a == 1 && t->b == 0 && t->c == 1 && t->d == 0), "two orders of two stores");
}

SCENARIO(iriw_seq_cst, {}) { IndependentReads(memory_order_seq_cst, memory_order_seq_cst); }
SCENARIO_FAILS(iriw_acquire, "two orders", {.deviations = 2}) {
  IndependentReads(memory_order_release, memory_order_acquire);
}

// A release sequence goes on through read-modify-writes of others.
SCENARIO(release_sequence, {}) {
  Two* t = new Two;
  Together({[=] {
              t->plain = 7;
              t->x.store(1, memory_order_release);
            },
            [=] { t->x.fetch_add(1, memory_order_relaxed); },
            [=] {
              if (t->x.load(memory_order_acquire) == 2) Require(t->plain == 7, "cut off");
            }});
}

// Read-read coherence.
SCENARIO(coherence, {.deviations = 2}) {
  Two* t = new Two;
  Together({[=] {
              t->x.store(1, memory_order_relaxed);
              t->x.store(2, memory_order_relaxed);
            },
            [=] {
              const int first = t->x.load(memory_order_relaxed);
              Require(t->x.load(memory_order_relaxed) >= first, "went back");
            }});
}

SCENARIO(increments_are_atomic, {}) {
  Two* t = new Two;
  Together({[=] { t->x.fetch_add(1, memory_order_relaxed); },
            [=] { t->x.fetch_add(1, memory_order_relaxed); },
            [=] { t->x.fetch_add(1, memory_order_relaxed); }});
  Require(t->x.load(memory_order_relaxed) == 3, "an increment was lost");
}

SCENARIO_FAILS(load_then_store_is_not, "an increment was lost", {}) {
  Two* t = new Two;
  const auto add = [=] { t->x.store(t->x.load() + 1); };
  Together({add, add});
  Require(t->x.load() == 2, "an increment was lost");
}

SCENARIO_FAILS(plain_race, "data race", {}) {
  Two* t = new Two;
  Together({[=] { t->plain = 1; }, [=] { t->plain = 2; }});
}

SCENARIO_FAILS(use_after_free, "freed", {}) {
  Two* t = new Two;
  Together({[=] { delete t; }, [=] { t->x.load(); }});
}

// The classic: look, then sleep, without telling futex what was seen.
SCENARIO_FAILS(lost_wake_up, "nobody can go on", {}) {
  struct State {
    Atomic<std::uint32_t> ready{0};
    Atomic<std::uint32_t> sleep{0};
  };
  State* s = new State;
  Together({[=] {
              if (s->ready.load() == 0) FutexWait(&s->sleep, 0);
            },
            [=] {
              s->ready.store(1);
              FutexWake(&s->sleep, 1);
            }});
}

SCENARIO(futex_compares, {}) {
  Atomic<std::uint32_t>* ready = new Atomic<std::uint32_t>(0);
  Together({[=] {
              while (ready->load(memory_order_acquire) == 0) FutexWait(ready, 0);
            },
            [=] {
              ready->store(1, memory_order_release);
              FutexWake(ready, 1);
            }});
}

}  // namespace

}  // namespace heddle::model

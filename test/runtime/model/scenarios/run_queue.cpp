// The workers' ring: one owner, thieves. The ring has four slots here.
#include "run_queue.h"

#include "scenario.h"
#include "worker.h"

namespace heddle::model {

namespace {

using internal::Goroutine;
using internal::RunQueue;

struct Ring {
  RunQueue queue;
  int taken[8] = {};  // by item; each written by who took it, read after the join

  static Goroutine* Item(int i) { return reinterpret_cast<Goroutine*>(std::uintptr_t(i + 1)); }
  void Take(Goroutine* g) { ++taken[reinterpret_cast<std::uintptr_t>(g) - 1]; }
  bool Pop() {
    Goroutine* g = queue.Pop();
    if (g != nullptr) Take(g);
    return g != nullptr;
  }
  void Steal() {
    Goroutine* loot[RunQueue::kSize / 2];
    const std::uint32_t n = queue.StealHalf(loot);
    for (std::uint32_t i = 0; i < n; ++i) Take(loot[i]);
  }
  void RequireEachOnce(int items) {
    while (Pop()) {
    }
    for (int i = 0; i < items; ++i) Require(taken[i] == 1, "an item was lost or taken twice");
  }
};

SCENARIO(run_queue_pop_and_steal, {}) {
  Ring* r = new Ring;
  Together({[=] {
              for (int i = 0; i < 3; ++i) Require(r->queue.Push(Ring::Item(i)), "full too early");
              r->Pop();
            },
            [=] { r->Steal(); }});
  r->RequireEachOnce(3);
}

// The ring goes round: slots are used again while a thief looks at them.
SCENARIO(run_queue_goes_round, {.preemptions = 3}) {
  Ring* r = new Ring;
  Together({[=] {
              int next = 0;
              for (int i = 0; i < 7; ++i) {
                if (r->queue.Push(Ring::Item(next))) ++next;
                if (i >= 2) r->Pop();
              }
              while (next < 7) {
                r->Pop();
                if (r->queue.Push(Ring::Item(next))) ++next;
              }
            },
            [=] { r->Steal(); }});
  r->RequireEachOnce(7);
}

SCENARIO(run_queue_two_thieves, {.both = 2}) {
  Ring* r = new Ring;
  Together({[=] {
              for (int i = 0; i < 4; ++i) Require(r->queue.Push(Ring::Item(i)), "full too early");
              Require(!r->queue.Push(Ring::Item(4)) || (r->Take(Ring::Item(4)), true), "");
              r->Pop();
            },
            [=] { r->Steal(); }, [=] { r->Steal(); }});
  while (r->Pop()) {
  }
  for (int i = 0; i < 4; ++i) Require(r->taken[i] == 1, "an item was lost or taken twice");
}

// What the pusher wrote is seen by who takes the item.
SCENARIO(run_queue_publishes, {}) {
  struct State {
    RunQueue queue;
    int payload = 0;
  };
  State* s = new State;
  Together({[=] {
              s->payload = 5;
              s->queue.Push(reinterpret_cast<Goroutine*>(s));
            },
            [=] {
              Goroutine* loot[RunQueue::kSize / 2];
              if (s->queue.StealHalf(loot) > 0) Require(s->payload == 5, "not published");
            }});
}

}  // namespace

}  // namespace heddle::model

// Goroutines on simulated workers: spawning, sleeping and waking of workers, stealing,
// parking and resuming. What the main thread waits for with a WaitGroup comes only if no
// wake-up is lost: there is no monitor here to mend it, but where a scenario is one.
#include "scheduler.h"

#include <heddle/channel.h>
#include <heddle/go.h>
#include <heddle/mutex.h>
#include <heddle/wait_group.h>

#include "scenario.h"

namespace heddle::model {

namespace {

// One worker, which may be going to sleep when the second goroutine comes.
SCENARIO(worker_sleeps_or_finds, {}) {
  WaitGroup* done = new WaitGroup;
  int* n = new int(0);
  done->Go([=] { ++*n; });
  done->Wait();
  done->Go([=] { ++*n; });
  done->Wait();
  Require(*n == 2, "a goroutine did not run");
}

// Two threads start one each.
SCENARIO(two_threads_start, {.preemptions = 1}) {
  WaitGroup* done = new WaitGroup;
  const auto start = [=] { done->Go([] {}); };
  Together({start, start});
  done->Wait();
}

// A goroutine starts another: from the hand-off slot, or stolen by the second worker.
SCENARIO(goroutine_starts_goroutine, {.both = 2}) {
  MaxProcs(2);
  WaitGroup* done = new WaitGroup;
  int* n = new int(0);
  done->Go([=] {
    *n = 1;
    done->Go([=] { Require(*n == 1, "the start does not order"); });
  });
  done->Wait();
}

// It does not let its worker go before the other has run: the hand-off slot is stolen.
SCENARIO(hand_off_is_stolen, {.preemptions = 1}) {
  MaxProcs(2);
  struct State {
    internal::Atomic<bool> has_run{false};
    WaitGroup done;
  };
  State* s = new State;
  s->done.Go([=] {
    s->done.Go([=] { s->has_run.store(true, std::memory_order_relaxed); });
    while (!s->has_run.load(std::memory_order_relaxed)) Pause();
  });
  s->done.Wait();
}

// A goroutine parks; a thread resumes it, perhaps before it is off its stack.
SCENARIO(goroutine_parks, {}) {
  Channel<int>* c = new Channel<int>;
  WaitGroup* done = new WaitGroup;
  done->Go([=] { Require(c->Recv().value_or(0) == 7, "a value was lost"); });
  c->Send(7);
  done->Wait();
}

// Two goroutines hand a value to each other, on one worker or two.
SCENARIO(goroutines_talk, {.preemptions = 1}) {
  MaxProcs(static_cast<int>(1 + Choose(2)));
  Channel<int>* c = new Channel<int>;
  WaitGroup* done = new WaitGroup;
  done->Go([=] { c->Send(7); });
  done->Go([=] { Require(c->Recv().value_or(0) == 7, "a value was lost"); });
  done->Wait();
}

SCENARIO(goroutines_lock, {.preemptions = 1}) {
  MaxProcs(2);
  struct State {
    Mutex mutex;
    WaitGroup done;
    int n = 0;
  };
  State* s = new State;
  for (int i = 0; i < 2; ++i) {
    s->done.Go([=] {
      MutexLock lock(s->mutex);
      ++s->n;
    });
  }
  s->done.Wait();
  Require(s->n == 2, "an increment was lost");
}

// A goroutine does not come back until the one that it has started has run: the only
// worker loses its token and its queue. The thread of the scenario is the monitor.
SCENARIO(stuck_worker_is_retaken, {.preemptions = 1, .both = 1}) {
  MaxProcs(1);
  struct State {
    WaitGroup done;
    internal::Atomic<int> ran{0};
  };
  State* s = new State;
  s->done.Go([=] {
    s->done.Go([=] { s->ran.store(1); });
    while (s->ran.load() == 0) Pause();
  });
  for (std::int64_t now_ns = 0; s->ran.load() == 0; now_ns += 20'000'000) {
    internal::scheduler.Watch(now_ns);
    Pause();
  }
  s->done.Wait();
}

// The token goes round: one goroutine is in a blocking call while another must run.
SCENARIO(blocking_gives_way, {.both = 2}) {
  struct State {
    internal::Atomic<std::uint32_t> let_go{0};
    WaitGroup done;
  };
  State* s = new State;
  s->done.Go([=] {
    Blocking([=] {
      while (s->let_go.load(std::memory_order_acquire) == 0) FutexWait(&s->let_go, 0);
    });
  });
  s->done.Go([=] {
    s->let_go.store(1, std::memory_order_release);
    FutexWake(&s->let_go, 1);
  });
  s->done.Wait();
}

SCENARIO(yield_lets_others_run, {.both = 2}) {
  WaitGroup* done = new WaitGroup;
  internal::Atomic<int>* ready = new internal::Atomic<int>(0);
  done->Go([=] {
    for (int i = 0; i < 2 && ready->load(std::memory_order_acquire) == 0; ++i) Yield();
  });
  done->Go([=] { ready->store(1, std::memory_order_release); });
  done->Wait();
}

}  // namespace

}  // namespace heddle::model

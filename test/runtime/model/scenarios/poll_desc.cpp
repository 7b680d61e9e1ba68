// Waits for descriptors: readiness, deadline and close against a task that parks, and against
// each other. The kernel is a counter of bytes that can be read; a thread of the scenario
// raises it and hands on the edge, as the poller does with what epoll tells it.
#include "poll_desc.h"

#include <heddle/wait_group.h>

#include <limits>

#include "poller.h"
#include "scenario.h"

namespace heddle::model {

namespace {

using internal::IoSide;
using internal::IoState;
using internal::PollDesc;

constexpr std::int64_t kSoon = std::int64_t{1} << 59;  // when FireTimers(kLate) comes
constexpr std::int64_t kLate = std::int64_t{1} << 60;

struct Socket {
  PollDesc* desc = PollDesc::Take();
  internal::Atomic<int> bytes{0};  // changed by read-modify-writes: the kernel has a lock
  int data = 0;                    // what came before the edge happens before the read

  ~Socket() { PollDesc::Give(desc); }

  // A byte arrives: what the kernel and then the poller do.
  void Arrive() {
    ++data;
    bytes.fetch_add(1, std::memory_order_acq_rel);
    Tell();
  }
  void Tell() {
    if (internal::Task* task = desc->BecomeReady(IoSide::kRead)) internal::Unpark(task);
  }

  bool TryRead() {
    int left = bytes.fetch_add(0, std::memory_order_acq_rel);
    return left > 0 && bytes.compare_exchange_strong(left, left - 1, std::memory_order_acq_rel);
  }

  // As NetFd::Read.
  IoState Read() {
    if (const IoState state = desc->Check(IoSide::kRead); state != IoState::kReady) return state;
    for (;;) {
      desc->Forget(IoSide::kRead);
      if (TryRead()) return IoState::kReady;
      const IoState state = desc->Wait(IoSide::kRead);
      if (state != IoState::kReady) return state;
    }
  }
};

void RequireNobodyWaits() { Require(!internal::poller.AnyWaiter(), "a waiter is counted still"); }

SCENARIO(poll_ready, {}) {
  auto* s = new Socket;
  Together({[=] {
              Require(s->Read() == IoState::kReady, "no reason to give up");
              Require(s->data == 1, "the byte came before its data");
            },
            [=] { s->Arrive(); }});
  RequireNobodyWaits();
}

// The second edge comes while the first byte is read, or the wait for the second begins.
SCENARIO(poll_ready_twice, {}) {
  auto* s = new Socket;
  Together({[=] {
              Require(s->Read() == IoState::kReady, "no reason to give up");
              Require(s->Read() == IoState::kReady, "no reason to give up");
            },
            [=] {
              s->Arrive();
              s->Arrive();
            }});
}

// Edges may come without a byte, or for a record's last owner: a try more.
SCENARIO(poll_edge_for_nothing, {.both = 2}) {
  auto* s = new Socket;
  Together({[=] { Require(s->Read() == IoState::kReady, "no reason to give up"); },
            [=] { s->Tell(); }, [=] { s->Arrive(); }});
}

// Reading and writing wait side by side and do not disturb each other.
SCENARIO(poll_both_sides, {.both = 2}) {
  auto* s = new Socket;
  Together(
      {[=] { Require(s->Read() == IoState::kReady, "no reason to give up"); },
       [=] { Require(s->desc->Wait(IoSide::kWrite) == IoState::kReady, "no reason to give up"); },
       [=] {
         if (internal::Task* task = s->desc->BecomeReady(IoSide::kWrite)) {
           internal::Unpark(task);
         }
         s->Arrive();
       }});
}

SCENARIO(poll_close, {}) {
  auto* s = new Socket;
  Together({[=] { Require(s->Read() == IoState::kClosed, "there was nothing to read"); },
            [=] { s->desc->Evict(); }});
  Require(s->Read() == IoState::kClosed, "it was closed");
  RequireNobodyWaits();
}

SCENARIO(poll_deadline, {}) {
  auto* s = new Socket;
  s->desc->SetDeadline(IoSide::kRead, kSoon);
  Together({[=] { Require(s->Read() == IoState::kTimeout, "there was nothing to read"); },
            [] { internal::FireTimers(kLate); }});
  RequireNobodyWaits();
}

// A deadline in the past, set while the task parks.
SCENARIO(poll_deadline_set_late, {}) {
  auto* s = new Socket;
  Together(
      {[=] { Require(s->Read() == IoState::kTimeout, "there was nothing to read"); },
       [=] { s->desc->SetDeadline(IoSide::kRead, std::numeric_limits<std::int64_t>::min()); }});
}

// Taken away again before the task has looked, or not.
SCENARIO(poll_deadline_taken_away, {}) {
  auto* s = new Socket;
  Together({[=] {
              if (s->Read() == IoState::kTimeout) return;
              Require(s->data == 1, "the byte came before its data");
            },
            [=] {
              s->desc->SetDeadline(IoSide::kRead, std::numeric_limits<std::int64_t>::min());
              s->desc->SetDeadline(IoSide::kRead, PollDesc::kNoDeadline);
              s->Arrive();
            }});
}

// What settles a wait comes from two sides at once: the task is resumed once.
void AgainstEachOther(void (*first)(Socket*), void (*second)(Socket*)) {
  auto* s = new Socket;
  s->desc->SetDeadline(IoSide::kRead, kSoon);
  Together({[=] { s->Read(); }, [=] { first(s); }, [=] { second(s); }});
  RequireNobodyWaits();
  delete s;
}
void Ready(Socket* s) { s->Arrive(); }
void Close(Socket* s) { s->desc->Evict(); }
void Fire(Socket*) { internal::FireTimers(kLate); }

SCENARIO(poll_ready_or_deadline, {.both = 2}) { AgainstEachOther(Ready, Fire); }
SCENARIO(poll_ready_or_close, {.both = 2}) { AgainstEachOther(Ready, Close); }
SCENARIO(poll_close_or_deadline, {.both = 2}) { AgainstEachOther(Close, Fire); }

// A goroutine, whose worker commits the park once it is off its stack.
SCENARIO(poll_goroutine, {.preemptions = 1, .both = 2}) {
  auto* s = new Socket;
  auto* done = new WaitGroup;
  done->Go([=] { Require(s->Read() == IoState::kReady, "no reason to give up"); });
  s->Arrive();
  done->Wait();
}

}  // namespace

}  // namespace heddle::model

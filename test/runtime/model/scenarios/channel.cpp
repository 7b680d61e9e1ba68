// Channels and select, on threads. Elements are plain data: that they are handed over in
// order is what the race detector watches.
#include <heddle/channel.h>
#include <heddle/select.h>

#include "scenario.h"
#include "timer.h"

namespace heddle::model {

namespace {

using Ints = Channel<int>;

SCENARIO(channel_unbuffered, {.both = 2}) {
  Ints c;
  Together({[&] { c.Send(1); }, [&] { c.Send(2); },
            [&] {
              const int sum = c.Recv().value_or(0) + c.Recv().value_or(0);
              Require(sum == 3, "a value was lost");
            }});
}

SCENARIO(channel_buffered, {}) {
  Ints c(1);
  Together({[&] {
              for (int i = 1; i <= 3; ++i) c.Send(i);
            },
            [&] {
              for (int i = 1; i <= 3; ++i) Require(c.Recv().value_or(0) == i, "out of order");
            }});
}

SCENARIO(channel_close, {.both = 2}) {
  Ints c;
  const auto receive = [&] { Require(!c.Recv().has_value(), "a value from nowhere"); };
  Together({receive, receive, [&] { c.Close(); }});
}

SCENARIO(channel_close_drains, {}) {
  Ints c(2);
  Together({[&] {
              c.Send(1);
              c.Close();
            },
            [&] {
              Require(c.Recv().value_or(0) == 1, "a value was lost");
              Require(!c.Recv().has_value(), "a value from nowhere");
            }});
}

SCENARIO(channel_last_handle, {}) {
  auto* c = new Ints(1);
  auto* other = new Ints(*c);
  Together({[&] {
              c->Send(1);
              delete c;
            },
            [&] {
              Require(other->Recv().value_or(0) == 1, "a value was lost");
              delete other;
            }});
}

// Two senders, each to another channel of one select: one is taken, the other's is there.
SCENARIO(select_two_senders, {.both = 2}) {
  Ints a;
  Ints b;
  Together({[&] { a.Send(1); }, [&] { b.Send(2); },
            [&] {
              int sum = 0;
              for (int i = 0; i < 2; ++i) {
                Select(OnRecv(a, [&](std::optional<int> v) { sum += v.value_or(0); }),
                       OnRecv(b, [&](std::optional<int> v) { sum += v.value_or(0); }));
              }
              Require(sum == 3, "a value was lost or came twice");
            }});
}

// The same with room in the channels: what the select tries first may fill up, be drained or be
// closed between that and the look at all.
SCENARIO(select_two_buffered, {.both = 2}) {
  Ints a(1);
  Ints b(1);
  Together({[&] { a.Send(1); },
            [&] {
              b.Send(2);
              b.Close();
            },
            [&] {
              int sum = 0;
              bool open = true;
              while (sum != 3 || open) {
                Select(OnRecv(a, [&](std::optional<int> v) { sum += v.value_or(0); }),
                       OnRecv(open ? b : Ints::Nil(), [&](std::optional<int> v) {
                         sum += v.value_or(0);
                         open = v.has_value();
                       }));
              }
              Require(sum == 3, "a value was lost or came twice");
            }});
}

// Two selects that could serve each other and themselves.
SCENARIO(select_against_select, {}) {
  Ints a;
  Ints b;
  int got[2] = {};
  const auto swap = [&](const Ints& out, const Ints& in, int i) {
    Select(OnSend(out, 1), OnRecv(in, [&](std::optional<int> v) { got[i] = v.value_or(0); }));
  };
  Together({[&] { swap(a, b, 0); }, [&] { swap(b, a, 1); }});
  Require(got[0] + got[1] == 1, "not one of them received");
}

// A select that is in one queue twice, either of which is taken.
SCENARIO(select_one_channel_twice, {}) {
  Ints c;
  int sent = 0;
  int got = 0;
  Together({[&] { sent = Select(OnSend(c, 1), OnSend(c, 2)) + 1; },
            [&] {
              got = c.Recv().value_or(0);
              Require(c.TryRecv().state == RecvState::kEmpty, "both cases ran");
            }});
  Require(got == sent, "not what the select says");
}

SCENARIO(select_close, {}) {
  Ints a;
  Ints b;
  Together({[&] {
              bool closed = false;
              Select(OnRecv(a, [&](std::optional<int> v) { closed = !v.has_value(); }),
                     OnRecv(b, [&](std::optional<int>) {}));
              Require(closed, "not the closed one");
            },
            [&] { a.Close(); }});
}

// The timer against a sender: one of them, and the sender's value is not lost.
SCENARIO(select_timeout, {.both = 2}) {
  Ints c;
  Together({[&] {
              int got = 0;
              const int which =
                  Select(OnRecv(c, [&](std::optional<int> v) { got = v.value_or(0); }),
                         OnTimeout(std::chrono::milliseconds(1)));
              Require(which == 1 || got == 1, "no value");
              if (which == 1) got = c.Recv().value_or(0);
              Require(got == 1, "the value was lost");
            },
            [&] { c.Send(1); }, [&] { internal::FireTimers(std::int64_t{1} << 60); }});
}

}  // namespace

}  // namespace heddle::model

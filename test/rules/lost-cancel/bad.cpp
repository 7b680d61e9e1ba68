// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <functional>

using namespace std::chrono_literals;

heddle::Error Check(int station);
void Beat(const heddle::Context& ctx) { ctx.Done().Recv(); }

// An early return goes past the call.
heddle::Error EarlyReturn(int station) {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());  // want: lost-cancel warning "when 'EarlyReturn' returns"
  heddle::go([ctx = ctx] { Beat(ctx); });
  if (heddle::Error error = Check(station)) return error;  // note: "the function is lost here"
  cancel();
  return std::nullopt;
}

// The pair by name, and no path at all that cancels.
void Never(const heddle::Context& parent) {
  heddle::CancelableContext scope = heddle::WithCancel(parent);  // want: lost-cancel error "neither called nor handed on"
  heddle::go(Beat, scope.ctx);
}

// To give the context away is not enough, and a deadline far off no end.
heddle::Context OnlyTheContext(const heddle::Context& parent) {
  return heddle::WithTimeout(parent, 1h).ctx;  // want: lost-cancel warning "until its deadline"
}

// One of two is cancelled.
void OneOfTwo(const heddle::Context& parent, int n) {
  auto [first, cancel_first] = heddle::WithCancel(parent);
  auto [second, cancel_second] = heddle::WithCancel(parent);  // want: lost-cancel "when 'OneOfTwo' returns"
  heddle::go(Beat, first);
  heddle::go(Beat, second);
  cancel_first();
  if (n > 3) cancel_second();
}

// Only one way of a switch cancels.
void Switch(const heddle::Context& parent, int what) {
  auto [ctx, cancel] = heddle::WithCancel(parent);  // want: lost-cancel "when 'Switch' returns"
  switch (what) {
    case 0:
      Beat(ctx);
      break;
    default:
      cancel();
  }
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

heddle::Error Check(int station);
void OutOfSight(heddle::CancelFunc cancel);
void Beat(const heddle::Context& ctx) { ctx.Done().Recv(); }

heddle::Error Deferred(int station) {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  HEDDLE_DEFER(cancel());
  heddle::go(Beat, ctx);
  if (heddle::Error error = Check(station)) return error;
  return std::nullopt;
}

heddle::CancelableContext Returned(const heddle::Context& parent) { return heddle::WithCancel(parent); }

heddle::CancelFunc OnlyTheFunction(const heddle::Context& parent) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::go(Beat, ctx);
  return cancel;
}

void Passed(const heddle::Context& parent) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::go(Beat, ctx);
  OutOfSight(cancel);
}

void ToATask(const heddle::Context& parent) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::go([cancel = cancel] { cancel(); });
  Beat(ctx);
}

void AsACallable(const heddle::Context& parent, std::vector<std::function<void()>>& stops) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::go(Beat, ctx);
  stops.push_back(cancel);
}

void ThroughAReference(const heddle::Context& parent, heddle::CancelFunc& out) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::go(Beat, ctx);
  out = cancel;
}

// The child ends with its parent.
void WithItsParent(const heddle::Context& top) {
  auto [parent, cancel] = heddle::WithCancel(top);
  auto [child, cancel_child] = heddle::WithCancel(parent);
  heddle::go(Beat, child);
  cancel();
}

// An object's own, which its destructor cancels.
class Session {
 public:
  explicit Session(const heddle::Context& parent) {
    heddle::CancelableContext scope = heddle::WithCancel(parent);
    cancel_ = scope.cancel;
    heddle::go(Beat, scope.ctx);
  }
  ~Session() { cancel_(); }

 private:
  heddle::CancelFunc cancel_;
};

void Use(const heddle::Context& parent) {
  Session here(parent);
  auto shared = std::make_shared<Session>(parent);
}

// As long as the program.
int main() {
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 1h);
  heddle::go([ctx = ctx] {
    for (;;) {
      if (ctx.Err() == heddle::ContextError::kOk) heddle::Yield();
    }
  });
}

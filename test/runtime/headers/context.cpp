// What <heddle/context.h> alone gives, as the interface names it: TaskGroup, too.
#include <heddle/context.h>

#include <concepts>
#include <functional>

using heddle::Context;
using std::chrono::milliseconds;

static_assert(std::copyable<Context> && std::copyable<heddle::CancelFunc>);
static_assert(std::same_as<heddle::Error, std::optional<std::string>>);

struct User {
  int id;
};
struct Name {
  using Type = std::string;
};

bool Uses() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::CancelableContext timed = heddle::WithTimeout(ctx, milliseconds(1));
  auto late = heddle::WithDeadline(ctx, std::chrono::steady_clock::now());
  const Context user = heddle::WithValue<User>(timed.ctx, User{1});
  const Context named = heddle::WithValue<Name>(user, "name");
  const std::function<void()> stop = late.cancel;
  const heddle::RecvChannel<heddle::Unit> done = named.Done();
  stop();
  timed.cancel();
  cancel();
  return user.Value<User>()->id == 1 && *named.Value<Name>() == "name" && !done.Recv() &&
         ctx.Err() == heddle::ContextError::kCanceled &&
         late.ctx.Err() != heddle::ContextError::kDeadlineExceeded &&
         timed.ctx.Err() != heddle::ContextError::kOk;
}

bool UsesGroup(const Context& parent) {
  heddle::TaskGroup alone;
  heddle::TaskGroup group(parent);
  group.SetLimit(2);
  group.Go([] {});
  group.Go([&group]() -> heddle::Error {
    group.Ctx().Done().Recv();
    return "cancelled";
  });
  return group.Wait() == "cancelled" && !alone.Wait();
}

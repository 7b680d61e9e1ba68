// See heddle/time.h. A started timer keeps its own state alive through `self`, which is
// guarded by the timers' lock and dropped outside it when user code may hang on it.
#include "heddle/time.h"

#include <system_error>

#include "heddle/go.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "timer.h"
#include "worker.h"

namespace heddle {

namespace internal {

struct TimerState : TimerNode {
  Atomic<std::uint32_t> references{1};
  Channel<TimePoint> channel = Channel<TimePoint>::Nil();
  std::function<void()> call;
  const void* site = nullptr;  // who asked for the call
  TimerRef self;               // while started
};

void AddRef(TimerState* state) noexcept {
  // relaxed: the caller's own reference keeps it alive
  state->references.fetch_add(1, std::memory_order_relaxed);
}

void Release(TimerState* state) noexcept {
  TsanRelease(&state->references);
  // acq_rel: every use happens before the destruction
  if (state->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  TsanAcquire(&state->references);
  delete state;
}

}  // namespace internal

namespace {

using internal::SpinGuard;
using internal::TimerNode;
using internal::TimerState;
using State = internal::TimerRef;

// When a call is tried again for which there was no memory.
constexpr std::int64_t kRetryNs = 1'000'000;

// The monitor calls the two below under the timers' lock, which it takes in code that
// TSan does not see: the lock's order is stated here.
struct TimerLockHeld {
  TimerLockHeld() { internal::TsanAcquire(&internal::TimerLock()); }
  ~TimerLockHeld() { internal::TsanRelease(&internal::TimerLock()); }
};

void SendTime(TimerNode* node) {
  TimerLockHeld held;
  auto* state = static_cast<TimerState*>(node);
  TimePoint now = std::chrono::steady_clock::now();
  state->channel.TrySend(now);
  if (state->period_ns == 0) state->self = nullptr;  // holds a channel at most: no user code
}

// Not a lambda: reports know this name as the runtime's, and leave out what is below it.
[[gnu::noinline]] void RunCall(const State& state) {
  internal::SetSpawnSite(state->site);
  state->call();
  asm volatile("");  // no tail call
}

void StartCall(TimerNode* node) {
  TimerLockHeld held;
  State state = std::move(static_cast<TimerState*>(node)->self);
  try {
    go(RunCall, state);
  } catch (const std::system_error&) {  // no memory for a stack: later, then
    state->self = state;
    internal::StartTimerLocked(node, internal::NowNs() + kRetryNs);
  }
}

void Start(const State& state, std::chrono::nanoseconds d) {
  internal::scheduler.EnsureStarted();
  const std::int64_t when = internal::Deadline(d.count() > 0 ? d : std::chrono::nanoseconds(0));
  SpinGuard guard(internal::TimerLock());
  state->self = state;
  internal::StartTimerLocked(state.get(), when);
}

// Stops `state`, takes back what it has sent, and starts it again if `again`.
bool Stop(const State& state, bool again, std::chrono::nanoseconds d) {
  internal::scheduler.EnsureStarted();
  const std::int64_t when = internal::Deadline(d.count() > 0 ? d : std::chrono::nanoseconds(0));
  State dropped;
  SpinGuard guard(internal::TimerLock());
  bool active = internal::StopTimerLocked(state.get());
  if (state->channel.TryRecv().state == RecvState::kValue) active = true;
  dropped = std::move(state->self);
  if (again) {
    state->self = state;
    internal::StartTimerLocked(state.get(), when);
  }
  return active;
}

State MakeSending() {
  State state(new TimerState);
  state->channel = Channel<TimePoint>(1);
  state->fire = SendTime;
  return state;
}

}  // namespace

RecvChannel<TimePoint> After(std::chrono::nanoseconds d) { return Timer(d).C(); }

Timer::Timer(std::chrono::nanoseconds d) : state_(MakeSending()) { Start(state_, d); }

[[gnu::noinline]] Timer Timer::Calling(std::chrono::nanoseconds d, std::function<void()> f) {
  State state(new TimerState);
  state->call = std::move(f);
  state->site = __builtin_return_address(0);
  state->fire = StartCall;
  Start(state, d);
  return Timer(std::move(state));
}

RecvChannel<TimePoint> Timer::C() const { return state_->channel; }
bool Timer::Stop() { return heddle::Stop(state_, false, {}); }
bool Timer::Reset(std::chrono::nanoseconds d) { return heddle::Stop(state_, true, d); }

Ticker::Ticker(std::chrono::nanoseconds d) : state_(MakeSending()) {
  if (d.count() <= 0) throw Panic("non-positive interval for NewTicker");
  state_->period_ns = d.count();
  Start(state_, d);
}

Ticker::~Ticker() {
  if (state_ != nullptr) Stop();
}

Ticker& Ticker::operator=(Ticker&& other) noexcept {
  if (this != &other) {
    if (state_ != nullptr) Stop();
    state_ = std::move(other.state_);
  }
  return *this;
}

RecvChannel<TimePoint> Ticker::C() const { return state_->channel; }
void Ticker::Stop() { heddle::Stop(state_, false, {}); }

void Ticker::Reset(std::chrono::nanoseconds d) {
  if (d.count() <= 0) throw Panic("non-positive interval for Ticker.Reset");
  Stop();
  {
    SpinGuard guard(internal::TimerLock());
    state_->period_ns = d.count();
  }
  heddle::Stop(state_, true, d);
}

}  // namespace heddle

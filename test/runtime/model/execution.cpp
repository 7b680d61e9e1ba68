// See execution.h.
#include "execution.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "describe.h"
#include "heap.h"

extern "C" void heddle_switch(void** save, void* load);

namespace heddle::model {

Execution* execution = nullptr;
bool simulating = false;

Inside::Inside() {
  simulating = false;
  UseSimulatedHeap(false);
}

Inside::~Inside() {
  UseSimulatedHeap(true);
  simulating = true;
}

Outcome Execution::Run(const Scenario& scenario, Search* search) {
  RestoreProgram();
  search_ = search;
  memory_.Reset();
  picks_.clear();
  failure_.clear();
  raced_ = nullptr;
  trace_.clear();
  step_ = 0;
  calm = false;
  prepares_ = scenario.bounds.prepared;
  count_ = 0;
  now = 1'000'000'000;
  outcome_ = Outcome::kPassed;
  const std::uint32_t base = races_.Begin(highest_clock_);
  highest_clock_ = base;
  self_ = 0;
  for (SimThread& thread : threads_) {
    thread.status = SimThread::kAbsent;
    thread.memory.now.view.used = 0;
    for (std::uint32_t& c : thread.memory.now.clock.at) c = base;
  }
  Start([](void* body) { reinterpret_cast<void (*)()>(body)(); },
        reinterpret_cast<void*>(scenario.body), false);
  internal::EhGlobals* eh = internal::ThreadEhGlobals();
  const internal::EhGlobals own = *eh;
  *eh = {};
  heddle_switch(&home_.sp, threads_[0].fiber.sp);
  *eh = own;
  for (unsigned i = 0; i < count_; ++i) {
    for (const std::uint32_t c : threads_[i].memory.now.clock.at) {
      if (c > highest_clock_) highest_clock_ = c;
    }
  }
  return outcome_;
}

unsigned Execution::Start(void (*main)(void*), void* argument, bool daemon) {
  if (count_ == kMaxThreads) Fail("model: more threads than kMaxThreads");
  const unsigned id = count_++;
  SimThread& thread = threads_[id];
  thread.status = SimThread::kReady;
  thread.daemon = daemon;
  thread.paused = false;
  thread.parent = self_;
  thread.site = Site{"(start)", 0};
  thread.main = main;
  thread.argument = argument;
  thread.hash = Mix(id, 17);
  thread.eh = {};
  thread.read_since_pause.clear();
  ThreadMemory& memory = thread.memory;
  if (id != 0) {
    memory.now = current().memory.now;  // starting a thread orders
    thread.hash = Mix(thread.hash, current().hash);
    ++current().memory.now.clock.at[self_];
  }
  memory.unfenced.view.used = 0;
  memory.unfenced.clock = {};
  memory.has_released = false;
  ++memory.now.clock.at[id];
  thread.stack.base = StackBase(id);
  internal::BindStack(&thread.fiber, &thread.stack, ThreadMain, this);
  if (id != 0 && prepares_) SwitchTo(id);
  return id;
}

void Execution::ThreadMain(void* self) {
  auto* run = static_cast<Execution*>(self);
  SimThread& thread = run->current();
  {
    UseSimulatedHeap(true);
    simulating = true;
    if (run->prepares_) {
      run->calm = true;
      PrepareThread();
      run->calm = false;
      // All in the order in which they are started: Start goes on.
      Inside inside;
      run->SwitchTo(thread.parent);
    }
    try {
      thread.main(thread.argument);
    } catch (...) {
      model::Fail("an exception left a thread");
    }
  }
  Inside inside;
  run->Trace("ends");
  thread.status = SimThread::kFinished;
  SimThread& parent = run->threads_[thread.parent];
  if (parent.status == SimThread::kJoining) parent.status = SimThread::kReady;  // it looks again
  run->Wrote();
  run->Block();
  __builtin_unreachable();
}

void Execution::SwitchTo(unsigned next) {
  if (next == self_) return;
  SimThread& from = current();
  internal::EhGlobals* eh = internal::ThreadEhGlobals();
  from.eh = *eh;
  self_ = next;
  *eh = current().eh;
  heddle_switch(&from.fiber.sp, current().fiber.sp);
}

void Execution::Leave(Outcome outcome) {
  outcome_ = outcome;
  void* dropped;
  simulating = false;
  UseSimulatedHeap(false);
  heddle_switch(&dropped, home_.sp);
  __builtin_unreachable();
}

unsigned Execution::Pick(PickKind kind, unsigned n, const unsigned* who) {
  if (n == 1 || calm) return 0;
  const unsigned choice = search_->Pick(kind, step_, n, who);
  if (choice != 0) picks_.push_back({kind, step_, choice});
  return choice;
}

bool Execution::Contended(const void* at, bool writes) {
  Use& use = uses_[at];
  use.threads |= 1u << self_;
  use.written |= writes;
  return use.contended || !search_->Sparse();
}

bool Execution::TakeOverContention() {
  bool news = false;
  for (auto& [at, use] : uses_) {
    const bool contended = use.written && (use.threads & (use.threads - 1)) != 0;
    if (contended && !use.contended) news = use.contended = true;
  }
  return news;
}

void Execution::Step(Site site, const void* at, bool writes) {
  if (site.file != nullptr) current().site = site;
  if (++step_ > settings_.max_steps) Fail("no end: the step limit was reached");
  if (calm || (at != nullptr && !Contended(at, writes))) return;
  Turn();
}

void Execution::Block() {
  ++step_;
  if (calm) Fail("model: a thread blocked while it was being prepared");
  Turn();
}

void Execution::Wrote() {
  for (unsigned i = 0; i < count_; ++i) {
    if (i != self_) threads_[i].paused = false;
  }
}

// Whose step is next?
void Execution::Turn() {
  unsigned who[kMaxThreads];
  unsigned n = 0;
  bool own = current().status == SimThread::kReady && !current().paused;
  for (int round = 0; round < 2 && n == 0; ++round) {
    if (own) who[n++] = self_;
    for (unsigned k = 1; k <= count_; ++k) {
      const unsigned i = (self_ + k) % count_;
      const SimThread& thread = threads_[i];
      if (thread.status != SimThread::kReady || thread.paused || (own && i == self_)) continue;
      who[n++] = i;
    }
    if (n > 0) break;
    for (SimThread& thread : threads_) thread.paused = false;  // all wait for each other
    own = false;
  }
  if (n == 0) EndOrDeadlock();
  if (n > 1 && search_->Seen(StateHash())) Leave(Outcome::kCut);
  SwitchTo(who[Pick(own ? PickKind::kPreempt : PickKind::kSwitch, n, who)]);
}

void Execution::EndOrDeadlock() {
  std::string waiting;
  for (unsigned i = 0; i < count_; ++i) {
    const SimThread& thread = threads_[i];
    if (thread.daemon || thread.status == SimThread::kFinished) continue;
    waiting += "\n  thread " + std::to_string(i) +
               (thread.status == SimThread::kJoining ? " waits for its threads" : " sleeps") +
               " at " + Describe(thread.site);
  }
  if (waiting.empty()) Leave(Outcome::kPassed);
  Fail("nobody can go on:" + waiting);
}

std::uint64_t Execution::StateHash() {
  std::uint64_t hash = Mix(self_, static_cast<std::uint64_t>(now));
  for (unsigned i = 0; i < count_; ++i) {
    const SimThread& thread = threads_[i];
    hash = Mix(hash, Mix(thread.hash, thread.status * 2u + (thread.paused ? 1 : 0)));
  }
  return Mix(hash, memory_.HashOfCommonView());
}

void Execution::Fail(const std::string& what) {
  failure_ = what;
  Trace("FAILS: %s", what.c_str());
  Leave(Outcome::kFailed);
}

std::string Execution::Where(const void* pc) {
  return pc != nullptr ? DescribeCode(pc) : Describe(current().site);
}

void Execution::Plain(const void* at, std::size_t size, Races::Kind kind, const void* pc) {
  if (settings_.watch != nullptr &&
      reinterpret_cast<std::uintptr_t>(settings_.watch) - reinterpret_cast<std::uintptr_t>(at) <
          size) {
    Trace("plain %s, %zu bytes, in %s",
          kind == Races::kRead    ? "read"
          : kind == Races::kWrite ? "write"
                                  : "free",
          size, Where(pc).c_str());
  }
  const char* wrong = races_.Check(current().memory.now.clock, self_, at, size, kind);
  if (wrong == nullptr) return;
  raced_ = at;
  std::string what = wrong;
  what += " (" + std::to_string(size) + " bytes)";
  if (settings_.trace) what += " in " + Where(pc);
  Fail(what);
}

std::memory_order Execution::Effective(const Access& access) const {
  if (settings_.strong != nullptr && access.order != std::memory_order_relaxed) {
    settings_.strong->insert(Describe(access.site));
  }
  if (settings_.weaken.empty() || Describe(access.site) != settings_.weaken) return access.order;
  return std::memory_order_relaxed;
}

void Execution::Trace(const char* format, ...) {
  if (!settings_.trace) return;
  char line[400];
  int length = std::snprintf(line, sizeof(line), "%5u  T%u  ", step_, self_);
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line + length, sizeof(line) - static_cast<std::size_t>(length), format, arguments);
  va_end(arguments);
  trace_.push_back(line + ("   " + Describe(current().site)));
}

}  // namespace heddle::model

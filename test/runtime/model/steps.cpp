// The steps of the simulation: see engine.h.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "describe.h"
#include "execution.h"
#include "heap.h"

namespace heddle::model {

namespace {

Word Truncated(Word value, unsigned size) {
  return size == sizeof(Word) ? value : value & ((Word{1} << (8 * size)) - 1);
}

Word InPlace(const Access& access) {
  Word value = 0;
  std::memcpy(&value, access.at, access.size);
  return value;
}

void Note(SimThread& thread, int what, const void* at, std::uint64_t seen) {
  thread.hash = Mix(thread.hash,
                    Mix(reinterpret_cast<std::uintptr_t>(at) + static_cast<unsigned>(what), seen));
}

const char* Name(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
      return "consume";
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      return "seq_cst";
  }
  return "?";
}

// Names of locations in traces: the last digits of the address are telling enough.
unsigned Short(const void* at) {
  return static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(at) & 0xffffff);
}

unsigned Begin(const Access& access, bool writes) {
  execution->Step(access.site, access.at, writes);
  // The object must have been made, and not yet destroyed.
  execution->Plain(access.at, access.size, Races::kRead, nullptr);
  return execution->memory().Find(access.at, access.size);
}

// `next` computes the value to store from the newest one.
template <class F>
Word Update(const Access& access, const char* name, F next) {
  if (!simulating) {
    const Word before = InPlace(access);
    const Word after = next(before);
    std::memcpy(access.at, &after, access.size);
    return before;
  }
  Inside inside;
  const unsigned location = Begin(access, true);
  SimThread& thread = execution->current();
  Memory& memory = execution->memory();
  const std::memory_order order = execution->Effective(access);
  const StoreEvent& seen = memory.Newest(location);
  const Word before = seen.value;
  const Word after = Truncated(next(before), access.size);
  Note(thread, 1, access.at, Mix(seen.hash, after));
  memory.Read(thread.memory, location, memory.NewestIndex(location), order);
  memory.Write(thread.memory, execution->self(), location, after, thread.hash, order, true);
  execution->Wrote();
  execution->Trace("%s %06x %s: %llx -> %llx", name, Short(access.at), Name(order),
                   static_cast<unsigned long long>(before), static_cast<unsigned long long>(after));
  return before;
}

}  // namespace

void Constructed(void* at, unsigned size) {
  if (!simulating) return;
  Inside inside;
  execution->Plain(at, size, Races::kWrite, nullptr);
  execution->memory().Forget(at, size);
}

Word Load(const Access& access) {
  if (!simulating) return InPlace(access);
  Inside inside;
  const unsigned location = Begin(access, false);
  SimThread& thread = execution->current();
  Memory& memory = execution->memory();
  const std::memory_order order = execution->Effective(access);
  const std::uint16_t newest = memory.NewestIndex(location);
  const std::uint16_t oldest = memory.Oldest(thread.memory, location, order);
  const unsigned back = execution->Pick(PickKind::kValue, newest - oldest + 1u);
  const auto index = static_cast<std::uint16_t>(newest - back);
  memory.Read(thread.memory, location, index, order);
  thread.read_since_pause.push_back(location);
  const StoreEvent& seen = memory.Event(location, index);
  Note(thread, 2, access.at, seen.hash);
  execution->Trace("load %06x %s: %llx%s", Short(access.at), Name(order),
                   static_cast<unsigned long long>(seen.value), back != 0 ? " (stale)" : "");
  return seen.value;
}

void Store(const Access& access, Word value) {
  if (!simulating) {
    std::memcpy(access.at, &value, access.size);
    return;
  }
  Inside inside;
  const unsigned location = Begin(access, true);
  SimThread& thread = execution->current();
  Memory& memory = execution->memory();
  const std::memory_order order = execution->Effective(access);
  Note(thread, 3, access.at, Mix(memory.Newest(location).hash, value));
  memory.Write(thread.memory, execution->self(), location, value, thread.hash, order, false);
  execution->Wrote();
  execution->Trace("store %06x %s: %llx", Short(access.at), Name(order),
                   static_cast<unsigned long long>(value));
}

Word Exchange(const Access& access, Word value) {
  return Update(access, "exchange", [=](Word) { return value; });
}
Word FetchAdd(const Access& access, Word n) {
  return Update(access, "add", [=](Word before) { return before + n; });
}
Word FetchOr(const Access& access, Word bits) {
  return Update(access, "or", [=](Word before) { return before | bits; });
}
Word FetchAnd(const Access& access, Word bits) {
  return Update(access, "and", [=](Word before) { return before & bits; });
}

bool CompareExchange(const Access& access, std::memory_order failure, bool weak, Word* expected,
                     Word desired) {
  const Word wanted = *expected;
  if (!simulating) {
    *expected = InPlace(access);
    if (*expected != wanted) return false;
    std::memcpy(access.at, &desired, access.size);
    return true;
  }
  Inside inside;
  const unsigned location = Begin(access, true);
  SimThread& thread = execution->current();
  Memory& memory = execution->memory();
  const std::memory_order order = execution->Effective(access);
  if (order != access.order) failure = std::memory_order_relaxed;
  // It may see the newest value; or, failing, an older one that is not the one wanted; or,
  // being weak, fail for no reason.
  const std::uint16_t newest = memory.NewestIndex(location);
  std::uint16_t seen[64];
  unsigned n = 0;
  seen[n++] = newest;
  const std::uint16_t oldest = memory.Oldest(thread.memory, location, failure);
  for (unsigned i = newest; i-- > oldest && n < 63;) {
    if (memory.Event(location, i).value != wanted) seen[n++] = static_cast<std::uint16_t>(i);
  }
  const bool equal = memory.Newest(location).value == wanted;
  if (weak && equal) seen[n++] = newest;
  const unsigned choice = execution->Pick(PickKind::kValue, n);
  const std::uint16_t index = seen[choice];
  const Word value = memory.Event(location, index).value;
  const bool done = equal && choice == 0;
  Note(thread, done ? 4 : 5, access.at, Mix(memory.Event(location, index).hash, desired));
  memory.Read(thread.memory, location, index, done ? order : failure);
  if (done) {
    memory.Write(thread.memory, execution->self(), location, desired, thread.hash, order, true);
    execution->Wrote();
  } else {
    *expected = value;
    thread.read_since_pause.push_back(location);
  }
  execution->Trace("compare-exchange %06x %s: %llx %s %llx%s", Short(access.at), Name(order),
                   static_cast<unsigned long long>(value), done ? "->" : "and not",
                   static_cast<unsigned long long>(done ? desired : wanted),
                   choice == 0       ? ""
                   : index != newest ? " (stale)"
                                     : " (spurious)");
  return done;
}

void Fence(std::memory_order order, Site site) {
  if (!simulating) return;
  Inside inside;
  execution->Step(site);
  const std::memory_order effective = execution->Effective({nullptr, 0, order, site});
  SimThread& thread = execution->current();
  execution->memory().Fence(thread.memory, execution->self(), effective);
  Note(thread, 6, nullptr, execution->memory().HashOfCommonView());
  execution->Trace("fence %s", Name(effective));
}

void Pause(Site site) {
  if (!simulating) return;
  Inside inside;
  SimThread& thread = execution->current();
  if (site.file != nullptr) thread.site = site;
  if (execution->calm) return;
  thread.paused = true;
  // What it waits for does become visible some time.
  for (const unsigned location : thread.read_since_pause) {
    const std::uint16_t newest = execution->memory().NewestIndex(location);
    thread.memory.now.view.Raise(location, newest);
    thread.hash = Mix(thread.hash, execution->memory().Event(location, newest).hash);
  }
  thread.read_since_pause.clear();
  execution->Trace("pause");
  execution->Block();
}

void FutexWait(void* word, std::uint32_t expected, Site site) {
  if (!simulating) return;
  Inside inside;
  const unsigned location = Begin({word, sizeof(expected), std::memory_order_relaxed, site}, true);
  SimThread& thread = execution->current();
  const StoreEvent& seen = execution->memory().Newest(location);
  Note(thread, 7, word, seen.hash);
  if (seen.value != expected) {
    execution->Trace("futex wait %06x: is %llx, not %x", Short(word),
                     static_cast<unsigned long long>(seen.value), expected);
    return;
  }
  execution->Trace("futex wait %06x: sleeps", Short(word));
  thread.status = SimThread::kFutex;
  thread.word = word;
  execution->Block();
}

void FutexWake(void* word, int count, Site site) {
  if (!simulating) return;
  Inside inside;
  execution->Step(site, word, true);
  SimThread& waker = execution->current();
  int woken = 0;
  for (unsigned i = 0; i < kMaxThreads && woken < count; ++i) {
    SimThread& thread = execution->thread(i);
    if (thread.status != SimThread::kFutex || thread.word != word) continue;
    thread.status = SimThread::kReady;
    thread.hash = Mix(thread.hash, waker.hash);
    Note(waker, 8, word, i);
    ++woken;
  }
  execution->Trace("futex wake %06x: %d woken", Short(word), woken);
}

void StartDaemon(void (*main)(void*), void* argument) {
  Inside inside;
  execution->Step(Site::Here());
  const unsigned id = execution->Start(main, argument, true);
  execution->Trace("starts T%u", id);
}

std::int64_t Now() {
  if (!simulating) return 0;
  Inside inside;
  execution->Step(Site::Here());
  if (execution->Pick(PickKind::kValue, 2) != 0) execution->now += 2'000'000;
  Note(execution->current(), 9, nullptr, static_cast<std::uint64_t>(execution->now));
  return execution->now;
}

void Fail(const char* text) {
  simulating = false;
  UseSimulatedHeap(false);
  if (execution == nullptr) {
    std::fprintf(stderr, "%s\n", text);
    std::abort();
  }
  execution->Fail(text);
}

bool IsPlanted(int plant) {
  return execution != nullptr && (execution->settings().planted >> plant & 1) != 0;
}

unsigned Self() { return execution != nullptr ? execution->self() : 0; }

void Spawn(std::function<void()> body) {
  auto* kept = new std::function<void()>(std::move(body));
  Inside inside;
  execution->Step(Site{"scenario", 0});
  const unsigned id = execution->Start(
      [](void* argument) { (*static_cast<std::function<void()>*>(argument))(); }, kept, false);
  execution->Trace("starts T%u", id);
}

void JoinAll() {
  Inside inside;
  SimThread& self = execution->current();
  for (unsigned i = 0; i < kMaxThreads; ++i) {
    SimThread& child = execution->thread(i);
    if (i == execution->self() || child.parent != execution->self() || child.daemon) continue;
    if (child.status == SimThread::kAbsent) continue;
    while (child.status != SimThread::kFinished) {
      self.status = SimThread::kJoining;
      execution->Block();
    }
    self.memory.now.Join(child.memory.now);
    self.hash = Mix(self.hash, child.hash);
  }
  execution->Trace("has joined its threads");
}

void Together(std::initializer_list<std::function<void()>> bodies) {
  for (const auto& body : bodies) Spawn(body);
  JoinAll();
}

unsigned Choose(unsigned n) {
  Inside inside;
  execution->Step(Site{"scenario", 0});
  const unsigned choice = execution->Pick(PickKind::kFree, n);
  Note(execution->current(), 10, nullptr, choice);
  execution->Trace("chooses %u of %u", choice, n);
  return choice;
}

void PlainAccess(const void* at, std::size_t size, bool write, const void* pc) {
  if (!simulating) return;
  Inside inside;
  execution->Plain(at, size, write ? Races::kWrite : Races::kRead, pc);
}

void Freed(void* at, std::size_t size) {
  if (!simulating) return;
  Inside inside;
  execution->Plain(at, size, Races::kFree, nullptr);
  execution->memory().Forget(at, size);
}

}  // namespace heddle::model

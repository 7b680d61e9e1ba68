// The simulated memory: what a load may see. An operational form of the C++20 model, in
// the way of the "promising" line of work (Kang et al., POPL 2017) without promises.
//
// Per location the stores so far, in modification order. A thread has a view: for each
// location the newest store it must not see older than. A release store carries its
// writer's view and vector clock as a message; who acquires it joins them. Fences: a
// relaxed load keeps its message for a later acquire fence, a release fence keeps the
// view for later relaxed stores. Sequentially consistent operations and fences also go
// through one view common to all (views only: they order no plain accesses).
//
// Not simulated: a load that sees a store not yet made (load buffering), and
// modification orders other than the order in which the stores are made.
#ifndef HEDDLE_MODEL_MEMORY_H_
#define HEDDLE_MODEL_MEMORY_H_

#include <atomic>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine.h"

namespace heddle::model {

inline constexpr unsigned kMaxLocations = 192;

struct Clock {
  std::uint32_t at[kMaxThreads] = {};
  void Join(const Clock& other);
};

struct View {
  std::uint16_t used = 0;
  std::uint16_t at[kMaxLocations];  // by location; zero from `used` on
  View() {}
  View(const View& other) { *this = other; }
  View& operator=(const View& other);
  std::uint16_t Get(unsigned location) const { return location < used ? at[location] : 0; }
  void Raise(unsigned location, std::uint16_t index);
  void Join(const View& other);
};

struct Knowledge {
  Clock clock;
  View view;
  void Join(const Knowledge& other) {
    clock.Join(other.clock);
    view.Join(other.view);
  }
};

// A thread's side.
struct ThreadMemory {
  Knowledge now;
  Knowledge unfenced;  // messages of relaxed loads
  Knowledge released;  // at the last release fence
  bool has_released = false;
};

struct StoreEvent {
  Word value = 0;
  std::uint64_t hash = 0;  // of all that led to it
  bool has_message = false;
  Knowledge message;
};

class Memory {
 public:
  // Forgets everything; all that is in memory now is known to all.
  void Reset();
  // The location's number. A location not met before holds what is in place.
  unsigned Find(void* at, unsigned size);
  // An object begins or ends its life there: what was stored before is another's.
  void Forget(void* at, std::size_t size);

  const StoreEvent& Newest(unsigned location) { return Event(location, NewestIndex(location)); }
  std::uint16_t NewestIndex(unsigned location) const {
    return static_cast<std::uint16_t>(locations_[location].history.size() - 1);
  }
  const StoreEvent& Event(unsigned location, unsigned index) {
    return events_[locations_[location].history[index]];
  }
  // The oldest store that a load may see.
  std::uint16_t Oldest(const ThreadMemory& thread, unsigned location,
                       std::memory_order order) const;

  void Read(ThreadMemory& thread, unsigned location, std::uint16_t index, std::memory_order order);
  // `update`: of a read-modify-write, which carries on the message of what it read.
  void Write(ThreadMemory& thread, unsigned self, unsigned location, Word value, std::uint64_t hash,
             std::memory_order order, bool update);
  void Fence(ThreadMemory& thread, unsigned self, std::memory_order order);
  std::uint64_t HashOfCommonView() const;

 private:
  struct Location {
    void* at;
    unsigned size;
    std::vector<std::uint32_t> history;  // into events_
  };
  StoreEvent& NewEvent(Location& location);

  std::unordered_map<void*, unsigned> numbers_;
  std::vector<Location> locations_;  // the first `used_` are in use
  unsigned used_ = 0;
  std::vector<StoreEvent> events_;  // the first `events_used_` are in use
  std::uint32_t events_used_ = 0;
  View common_;
};

bool Acquires(std::memory_order order);
bool Releases(std::memory_order order);
std::uint64_t Mix(std::uint64_t a, std::uint64_t b);

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_MEMORY_H_

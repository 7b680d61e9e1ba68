// See memory.h.
#include "memory.h"

#include <algorithm>
#include <cstring>

namespace heddle::model {

bool Acquires(std::memory_order order) {
  return order != std::memory_order_relaxed && order != std::memory_order_release;
}

bool Releases(std::memory_order order) {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9e3779b97f4a7c15u + b + 0x632be59bd9b4e019u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

void Clock::Join(const Clock& other) {
  for (unsigned i = 0; i < kMaxThreads; ++i) at[i] = std::max(at[i], other.at[i]);
}

View& View::operator=(const View& other) {
  used = other.used;
  std::memcpy(at, other.at, used * sizeof(at[0]));
  return *this;
}

void View::Raise(unsigned location, std::uint16_t index) {
  while (used <= location) at[used++] = 0;
  at[location] = std::max(at[location], index);
}

void View::Join(const View& other) {
  for (unsigned i = 0; i < other.used; ++i) Raise(i, other.at[i]);
}

void Memory::Reset() {
  numbers_.clear();
  used_ = 0;
  events_used_ = 0;
  common_.used = 0;
}

unsigned Memory::Find(void* at, unsigned size) {
  const auto [place, fresh] = numbers_.try_emplace(at, used_);
  if (!fresh) return place->second;
  if (used_ == kMaxLocations) Fail("model: more atomics than kMaxLocations");
  if (used_ == locations_.size()) locations_.emplace_back();
  Location& location = locations_[used_];
  location.at = at;
  location.size = size;
  location.history.clear();
  StoreEvent& initial = NewEvent(location);
  initial.value = 0;
  std::memcpy(&initial.value, at, size);
  initial.hash = Mix(reinterpret_cast<std::uintptr_t>(at), initial.value);
  initial.has_message = false;
  return used_++;
}

void Memory::Forget(void* at, std::size_t size) {
  if (numbers_.empty()) return;
  if (size <= sizeof(Word)) {
    numbers_.erase(at);
    return;
  }
  const auto low = reinterpret_cast<std::uintptr_t>(at);
  for (auto i = numbers_.begin(); i != numbers_.end();) {
    const auto address = reinterpret_cast<std::uintptr_t>(i->first);
    i = address - low < size ? numbers_.erase(i) : std::next(i);
  }
}

StoreEvent& Memory::NewEvent(Location& location) {
  if (events_used_ == events_.size()) events_.emplace_back();
  location.history.push_back(events_used_);
  return events_[events_used_++];
}

std::uint16_t Memory::Oldest(const ThreadMemory& thread, unsigned location,
                             std::memory_order order) const {
  const std::uint16_t own = thread.now.view.Get(location);
  if (order != std::memory_order_seq_cst) return own;
  return std::max(own, common_.Get(location));
}

void Memory::Read(ThreadMemory& thread, unsigned location, std::uint16_t index,
                  std::memory_order order) {
  thread.now.view.Raise(location, index);
  const StoreEvent& event = Event(location, index);
  if (event.has_message) {
    (Acquires(order) ? thread.now : thread.unfenced).Join(event.message);
  }
}

void Memory::Write(ThreadMemory& thread, unsigned self, unsigned location, Word value,
                   std::uint64_t hash, std::memory_order order, bool update) {
  Location& place = locations_[location];
  StoreEvent& event = NewEvent(place);  // may move the others
  const auto index = NewestIndex(location);
  const StoreEvent& before = Event(location, index - 1u);
  event.value = value;
  event.hash = hash;
  thread.now.view.Raise(location, index);
  event.has_message = true;
  if (Releases(order)) {
    event.message = thread.now;
  } else if (thread.has_released) {
    event.message = thread.released;
    event.message.view.Raise(location, index);
  } else {
    event.has_message = false;
  }
  if (update && before.has_message) {
    if (event.has_message) {
      event.message.Join(before.message);
    } else {
      event.message = before.message;
      event.has_message = true;
    }
    event.message.view.Raise(location, index);
  }
  if (Releases(order)) ++thread.now.clock.at[self];
  if (order == std::memory_order_seq_cst) common_.Raise(location, index);
  std::memcpy(place.at, &value, place.size);
}

void Memory::Fence(ThreadMemory& thread, unsigned self, std::memory_order order) {
  if (Acquires(order)) thread.now.Join(thread.unfenced);
  if (order == std::memory_order_seq_cst) {
    thread.now.view.Join(common_);
    common_.Join(thread.now.view);
  }
  if (Releases(order)) {
    thread.released = thread.now;
    thread.has_released = true;
    ++thread.now.clock.at[self];
  }
}

std::uint64_t Memory::HashOfCommonView() const {
  std::uint64_t hash = 0;
  for (unsigned i = 0; i < common_.used; ++i) {
    if (common_.at[i] == 0) continue;
    hash += Mix(events_[locations_[i].history[common_.at[i]]].hash, 1);  // in any order
  }
  return hash;
}

}  // namespace heddle::model

// See parking.h.
#include "parking.h"

namespace heddle::internal {

namespace {

constexpr int kBits = kModelled ? 1 : 10;

struct alignas(64) PaddedSlot : ParkingSlot {};
PaddedSlot table[1 << kBits];

ParkingSlot& SlotFor(const void* address) {
  // Fibonacci hashing; the low bits of an address say little.
  const auto key = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(address)) >> 2;
  return table[(key * 11400714819323198485u) >> (64 - kBits)];
}

}  // namespace

Bucket::Bucket(const void* address) : address_(address), slot_(SlotFor(address)) {
  slot_.lock.Lock();
}

// The link that points to the address's first waiter, or the null link at the end.
ParkedWaiter** Bucket::Find() {
  ParkedWaiter** link = &slot_.first;
  while (*link != nullptr && (*link)->address != address_) link = &(*link)->other;
  return link;
}

ParkedWaiter* Bucket::Front() { return *Find(); }

void Bucket::PushBack(ParkedWaiter* waiter) {
  waiter->address = address_;
  waiter->next = nullptr;
  ParkedWaiter** link = Find();
  if (ParkedWaiter* front = *link) {
    front->last->next = waiter;
    front->last = waiter;
  } else {
    waiter->last = waiter;
    waiter->other = nullptr;
    *link = waiter;
  }
}

ParkedWaiter* Bucket::PopFront() {
  ParkedWaiter** link = Find();
  ParkedWaiter* front = *link;
  if (front == nullptr) return nullptr;
  if (ParkedWaiter* second = front->next) {
    second->last = front->last;
    second->other = front->other;
    *link = second;
  } else {
    *link = front->other;
  }
  return front;
}

void Bucket::Remove(ParkedWaiter* before, ParkedWaiter* waiter) {
  if (before == nullptr) {
    PopFront();
    return;
  }
  before->next = waiter->next;
  ParkedWaiter* front = Front();
  if (front->last == waiter) front->last = before;
}

}  // namespace heddle::internal

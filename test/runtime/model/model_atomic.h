// The model checker's side of heddle/internal/atomic.h: an atomic whose every operation
// is a step of the simulation. Included instead of the standard's when the runtime is
// compiled with HEDDLE_MODEL.
//
// The newest value is kept in place, so that the object has the size of the real one
// and may live and die anywhere; older values that a load may still see are the
// engine's business (memory.h).
#ifndef HEDDLE_MODEL_MODEL_ATOMIC_H_
#define HEDDLE_MODEL_MODEL_ATOMIC_H_

#include <cstring>
#include <type_traits>

#include "engine.h"

namespace heddle::internal {

template <class T>
class Atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(model::Word));
  using Order = std::memory_order;
  using Site = model::Site;

 public:
  constexpr Atomic() noexcept : Atomic(T()) {}
  constexpr Atomic(T value) noexcept : value_(value) {
    if (!std::is_constant_evaluated()) model::Constructed(&value_, sizeof(T));
  }
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  T load(Order order = Order::seq_cst, Site site = Site::Here()) const {
    return Unpack(model::Load(At(order, site)));
  }
  void store(T value, Order order = Order::seq_cst, Site site = Site::Here()) {
    model::Store(At(order, site), Pack(value));
  }
  T exchange(T value, Order order = Order::seq_cst, Site site = Site::Here()) {
    return Unpack(model::Exchange(At(order, site), Pack(value)));
  }
  T fetch_add(T n, Order order = Order::seq_cst, Site site = Site::Here()) {
    return Unpack(model::FetchAdd(At(order, site), Pack(n)));
  }
  T fetch_sub(T n, Order order = Order::seq_cst, Site site = Site::Here()) {
    return Unpack(model::FetchAdd(At(order, site), Pack(static_cast<T>(T{} - n))));
  }
  T fetch_or(T bits, Order order = Order::seq_cst, Site site = Site::Here()) {
    return Unpack(model::FetchOr(At(order, site), Pack(bits)));
  }
  T fetch_and(T bits, Order order = Order::seq_cst, Site site = Site::Here()) {
    return Unpack(model::FetchAnd(At(order, site), Pack(bits)));
  }
  bool compare_exchange_strong(T& expected, T desired, Order order = Order::seq_cst,
                               Site site = Site::Here()) {
    return Compare(expected, desired, order, model::FailureOrder(order), false, site);
  }
  bool compare_exchange_strong(T& expected, T desired, Order success, Order failure,
                               Site site = Site::Here()) {
    return Compare(expected, desired, success, failure, false, site);
  }
  bool compare_exchange_weak(T& expected, T desired, Order order = Order::seq_cst,
                             Site site = Site::Here()) {
    return Compare(expected, desired, order, model::FailureOrder(order), true, site);
  }
  bool compare_exchange_weak(T& expected, T desired, Order success, Order failure,
                             Site site = Site::Here()) {
    return Compare(expected, desired, success, failure, true, site);
  }

 private:
  static model::Word Pack(T value) {
    model::Word word = 0;
    std::memcpy(&word, &value, sizeof(T));
    return word;
  }
  static T Unpack(model::Word word) {
    T value;
    std::memcpy(&value, &word, sizeof(T));
    return value;
  }
  model::Access At(Order order, Site site) const {
    return {const_cast<void*>(static_cast<const void*>(&value_)), sizeof(T), order, site};
  }
  bool Compare(T& expected, T desired, Order success, Order failure, bool weak, Site site) {
    model::Word word = Pack(expected);
    const bool done =
        model::CompareExchange(At(success, site), failure, weak, &word, Pack(desired));
    if (!done) expected = Unpack(word);
    return done;
  }

  alignas(sizeof(T)) T value_;
};

inline void Fence(std::memory_order order, model::Site site = model::Site::Here()) {
  model::Fence(order, site);
}

inline constexpr bool kModelled = true;

enum class Plant { kLostWakeUp, kMissingFence, kDoubleResume };
inline void ModelRequire(bool condition, const char* what) {
  if (!condition) model::Fail(what);
}

inline bool Planted(Plant plant) { return model::IsPlanted(static_cast<int>(plant)); }

}  // namespace heddle::internal

#define HEDDLE_PER_THREAD(type) ::heddle::model::PerThread<type>

#endif  // HEDDLE_MODEL_MODEL_ATOMIC_H_

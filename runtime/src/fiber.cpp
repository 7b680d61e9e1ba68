// Context switches and the sanitizers' hooks around them. See fiber.h.
#include "fiber.h"

#include <pthread.h>
#include <sys/mman.h>

#include <cstdint>

#include "sanitizer.h"

// Of the C++ ABI; not every library's <cxxabi.h> declares it.
namespace __cxxabiv1 {
struct __cxa_eh_globals;
extern "C" __cxa_eh_globals* __cxa_get_globals() noexcept;
}  // namespace __cxxabiv1

extern "C" {
void heddle_switch(void** save, void* load);
void heddle_entry();
}

namespace heddle::internal {

void AdoptThread(Fiber* fiber) {
  if (TsanOn()) fiber->tsan = __tsan_get_current_fiber();
  pthread_attr_t attributes;
  if (AsanOn() && pthread_getattr_np(pthread_self(), &attributes) == 0) {
    void* low = nullptr;
    pthread_attr_getstack(&attributes, &low, &fiber->asan_bytes);
    fiber->asan_low = low;
    pthread_attr_destroy(&attributes);
  }
}

void BindStack(Fiber* fiber, Stack* stack, void (*entry)(void*), void* arg) {
  fiber->stack = stack;
  fiber->eh = EhGlobals{};
  if (TsanOn()) {
    // Fresh shadow: the accesses of the stack's last user are no business of this one's.
    TsanIgnoreScope ignore;
    mmap(stack->Low(), stack->UsableBytes(), PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_FIXED, -1, 0);
    fiber->tsan = __tsan_create_fiber(0);
  }
  if (AsanOn()) {
    __asan_unpoison_memory_region(stack->Low(), stack->UsableBytes());
    fiber->asan_fake = nullptr;
  }
  auto top = reinterpret_cast<std::uintptr_t>(stack->Top()) & ~std::uintptr_t{15};
#if defined(__x86_64__)
  // r15 r14 r13 r12 rbx rbp, then the address to jump to; heddle_entry calls with the
  // stack pointer a multiple of 16, as the ABI wants.
  auto* frame = reinterpret_cast<void**>(top) - 9;
  frame[0] = frame[1] = frame[4] = frame[5] = nullptr;
  frame[2] = arg;
  frame[3] = reinterpret_cast<void*>(entry);
  frame[6] = reinterpret_cast<void*>(&heddle_entry);
  frame[7] = frame[8] = nullptr;
#elif defined(__aarch64__)
  auto* frame = reinterpret_cast<void**>(top) - 20;
  for (int i = 0; i < 20; ++i) frame[i] = nullptr;
  frame[1] = reinterpret_cast<void*>(&heddle_entry);
  frame[2] = reinterpret_cast<void*>(entry);
  frame[3] = arg;
#else
#error "heddle: no context switch for this processor"
#endif
  fiber->sp = frame;
}

Stack* ReleaseStack(Fiber* fiber) {
  if (TsanOn()) {
    __tsan_destroy_fiber(fiber->tsan);
    fiber->tsan = nullptr;
  }
  Stack* stack = fiber->stack;
  fiber->stack = nullptr;
  fiber->sp = nullptr;
  return stack;
}

namespace {

[[gnu::noinline]] void SwitchAndTell(Fiber* from, Fiber* to, bool ends) {
  if (AsanOn()) {
    const void* low = to->stack != nullptr ? to->stack->Low() : to->asan_low;
    const std::size_t bytes = to->stack != nullptr ? to->stack->UsableBytes() : to->asan_bytes;
    __sanitizer_start_switch_fiber(ends ? nullptr : &from->asan_fake, low, bytes);
  }
  if (TsanOn()) __tsan_switch_to_fiber(to->tsan, 1);  // 1: the switch itself orders nothing
  heddle_switch(&from->sp, to->sp);
  if (AsanOn()) __sanitizer_finish_switch_fiber(from->asan_fake, nullptr, nullptr);
}

}  // namespace

void Switch(Fiber* from, Fiber* to, EhGlobals* eh, bool ends) {
  from->eh = *eh;
  *eh = to->eh;
  if (AsanOn() || TsanOn()) [[unlikely]] {
    SwitchAndTell(from, to, ends);
    return;
  }
  // A tail call: another return on the way would be mispredicted each time (15 ns).
  heddle_switch(&from->sp, to->sp);
}

void FiberEntered(Fiber* from) {
  if (AsanOn()) [[unlikely]] {
    __sanitizer_finish_switch_fiber(nullptr, &from->asan_low, &from->asan_bytes);
  }
}

EhGlobals* ThreadEhGlobals() {
  return reinterpret_cast<EhGlobals*>(__cxxabiv1::__cxa_get_globals());
}

}  // namespace heddle::internal

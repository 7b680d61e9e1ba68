// Two shared libraries with the runtime in them, and a program: linked to both there is
// one runtime, so that a channel may go between them; opened with dlopen each keeps its
// own, side by side.
#include <dlfcn.h>

#include <cstdio>

#if defined(LIBRARY)

#include <heddle/heddle.h>

#include <chrono>

#define JOIN(a, b) a##b
#define JOINED(a, b) JOIN(a, b)
#define NAME(function) JOINED(LIBRARY, function)

namespace {
heddle::Channel<int> answers;  // this library's own
}

// Starts a goroutine that sends to `channel`.
extern "C" void NAME(StartSending)(void* channel) {
  auto* c = static_cast<heddle::Channel<int>*>(channel);
  heddle::go([c] {
    heddle::Sleep(std::chrono::milliseconds(1));
    c->Send(21);
  });
}

// Receives from what the other one's StartSending was given.
extern "C" int NAME(Receive)(void* channel) {
  return static_cast<heddle::Channel<int>*>(channel)->Recv().value();
}

extern "C" void* NAME(TheChannel)() { return &answers; }

#else

extern "C" {
void OneStartSending(void* channel);
void* OneTheChannel();
int OneReceive(void* channel);
void TwoStartSending(void* channel);
void* TwoTheChannel();
int TwoReceive(void* channel);
}

#if defined(OPENED)

template <class F>
F* Find(const char* library, const char* name) {
  void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) std::printf("%s\n", dlerror());
  return reinterpret_cast<F*>(dlsym(handle, name));
}

int main() {
  int sum = 0;
  for (int i = 0; i < 10; ++i) {
    void* one = Find<decltype(OneTheChannel)>(ONE, "OneTheChannel")();
    void* two = Find<decltype(OneTheChannel)>(TWO, "TwoTheChannel")();
    Find<decltype(OneStartSending)>(ONE, "OneStartSending")(one);
    Find<decltype(OneStartSending)>(TWO, "TwoStartSending")(two);
    sum += Find<decltype(OneReceive)>(ONE, "OneReceive")(one);
    sum += Find<decltype(OneReceive)>(TWO, "TwoReceive")(two);
  }
  std::printf("sum %d\n", sum);
}

#else

int main() {
  int sum = 0;
  for (int i = 0; i < 10; ++i) {
    OneStartSending(TwoTheChannel());
    TwoStartSending(OneTheChannel());
    sum += TwoReceive(TwoTheChannel()) + OneReceive(OneTheChannel());
  }
  std::printf("sum %d\n", sum);
}

#endif
#endif

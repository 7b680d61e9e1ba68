// RUN: %expect %s
// Both may do it, and an atomic says who of the two does.
#include <atomic>
#include <thread>

std::atomic<int> state{0};
int cores = 0;

void CountOnce() {
  int none = 0;
  if (state.load() == 0 && state.compare_exchange_strong(none, 1)) {
    cores = 8;
    state.store(2);
  }
  while (state.load() != 2) std::this_thread::yield();
}
int Cores() {
  CountOnce();
  return cores;
}

int main() {
  std::thread other([] { Cores(); });
  int here = Cores();
  other.join();
  return here == 8 ? 0 : 1;
}

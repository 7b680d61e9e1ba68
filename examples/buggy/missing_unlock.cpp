// The early return leaves the lock held: the next caller waits for ever.
#include <heddle/heddle.h>

#include <cstdio>

heddle::Mutex mu;
int stock = 1;

bool Take() {
  mu.Lock();
  if (stock == 0) return false;
  --stock;
  mu.Unlock();
  return true;
}

int main() {
  for (int i = 0; i < 3; ++i)
    std::printf("%s\n", Take() ? "taken" : "sold out");
}

#include <heddle/heddle.h>

heddle::Mutex mu;

int main() {
  mu.Lock();
  mu.Lock();
  mu.Unlock();
  mu.Unlock();
}

// A goroutine recurses without end.
#include <heddle/heddle.h>

volatile bool endless = true;

int Descend(int depth) {
  volatile char frame[256];
  frame[0] = static_cast<char>(depth);
  if (!endless) return depth;
  return Descend(depth + 1) + frame[0];
}

int main() {
  return heddle::Run([] { return Descend(0); });
}

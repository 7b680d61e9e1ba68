// Nothing waits for the task: main returns, and the program ends before or in
// the middle of its work.
#include <heddle/heddle.h>

#include <cstdio>

void SaveLog() { std::printf("log saved\n"); }

int main() {
  heddle::go(SaveLog);
  std::printf("bye\n");
}

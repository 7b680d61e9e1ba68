// The error path closes the channel, and the deferred close does it again.
#include <heddle/heddle.h>

#include <cstdio>

void ReadLines(std::FILE* file, heddle::Channel<int> lines) {
  HEDDLE_DEFER(lines.Close());
  if (file == nullptr) {
    lines.Close();
    return;
  }
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    if (c == '\n') lines.Send(1);
  }
}

int main() {
  heddle::Channel<int> lines;
  heddle::WaitGroup wg;
  wg.Go(ReadLines, std::fopen("input.txt", "r"), lines);
  int count = 0;
  for (int n : lines) count += n;
  wg.Wait();
  std::printf("%d lines\n", count);
}

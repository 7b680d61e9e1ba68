// Takes the first of two answers and leaves: the other sender waits for ever
// for someone to receive.
#include <heddle/heddle.h>

#include <cstdio>

int Ask(int server) { return server * 100; }

int First() {
  heddle::Channel<int> answers;
  heddle::go([answers]() mutable { answers.Send(Ask(1)); });
  heddle::go([answers]() mutable { answers.Send(Ask(2)); });
  return answers.Recv().value_or(0);
}

int main() { std::printf("%d\n", First()); }

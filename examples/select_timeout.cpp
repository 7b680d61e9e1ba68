// Waits for an answer, but no longer than 100 milliseconds. The channel has
// room for the answer: a goroutine whose asker has gone on can still send it
// and end.
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <optional>

using namespace std::chrono_literals;

void Answer(std::chrono::milliseconds delay, heddle::Channel<int> out) {
  heddle::Sleep(delay);  // stands for a slow request
  out.Send(42);
}

void Ask(std::chrono::milliseconds delay, heddle::WaitGroup& running) {
  heddle::Channel<int> answer(1);
  running.Go(Answer, delay, answer);
  heddle::Select(
      heddle::OnRecv(answer,
                     [](std::optional<int> n) {
                       std::printf("the answer is %d\n", n.value_or(0));
                     }),
      heddle::OnTimeout(100ms,
                        [] { std::printf("too slow, went on without it\n"); }));
}

int main() {
  heddle::WaitGroup running;
  Ask(1ms, running);
  Ask(300ms, running);
  running.Wait();
}

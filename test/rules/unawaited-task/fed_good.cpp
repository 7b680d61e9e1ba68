// RUN: %expect %s
// Nobody waits for the task that feeds the workers; but they end when it has
// closed their channel, and main waits for them.
#include <heddle/heddle.h>

#include <utility>
#include <vector>

heddle::RecvChannel<int> Squares(std::vector<int> numbers) {
  heddle::Channel<int> queue;
  heddle::Channel<int> squares;
  auto workers = std::make_shared<heddle::WaitGroup>();
  workers->Add(2);
  for (int i = 0; i < 2; ++i)
    heddle::go([queue, squares, workers] {
      for (int number : queue) squares.Send(number * number);
      workers->Done();
    });
  heddle::go([squares, workers] {
    workers->Wait();
    squares.Close();
  });
  heddle::go([queue, numbers = std::move(numbers)] {
    for (int number : numbers) queue.Send(number);
    queue.Close();
  });
  return squares;
}

int main() {
  int sum = 0;
  for (int square : Squares({1, 2, 3})) sum += square;
  return sum == 14 ? 0 : 1;
}

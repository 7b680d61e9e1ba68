// What: A dealer hands out shuffled cards for ever through a generator; the players stop when one is bust and the dealer keeps the next card in its hand.
// Run: leak
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

// Calls `next` in a task of its own, one value ahead of its reader.
template <class T>
class Generator {
 public:
  explicit Generator(std::function<T()> next) : state_(std::make_shared<State>()) {
    heddle::go([state = state_, next = std::move(next)] {  // bug: leaked-task
      for (;;) state->values.Send(next());  // bug: leaked-task
    });
  }

  std::optional<T> Next() { return state_->values.Recv(); }

 private:
  struct State {
    heddle::Channel<T> values;
  };
  std::shared_ptr<State> state_;
};

struct Card {
  int points;
};

// Plays until somebody has more than 21 points; returns the turns that took.
int Play(Generator<Card>& dealer, int players) {
  int hand[8] = {};
  for (int turn = 0;; ++turn) {
    int& points = hand[turn % players];
    points += dealer.Next()->points;
    if (points > 21) return turn + 1;
  }
}

int main() {
  unsigned seed = 12345;
  Generator<Card> dealer([seed]() mutable {  // bug: leaked-task
    seed = seed * 1103515245u + 12345u;
    return Card{static_cast<int>(seed >> 16) % 10 + 1};
  });
  std::printf("bust after %d cards\n", Play(dealer, 3));
  heddle::Sleep(std::chrono::milliseconds(1));
}

// What: A turtle takes its commands as variants; the stop is one of them, carries the channel for its answer and is the last that is sent.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

struct Move {
  int steps;
};
struct Turn {
  bool left;
};
struct Where {
  heddle::Channel<std::pair<int, int>> reply;
};
struct Stop {
  heddle::Channel<int> steps;
};
using Command = std::variant<Move, Turn, Where, Stop>;

class Turtle {
 public:
  void Run(heddle::RecvChannel<Command> commands) {
    while (!stopped_) {
      const std::optional<Command> command = commands.Recv();
      std::visit([this](const auto& what) { Do(what); }, *command);
    }
  }

 private:
  void Do(const Move& move) {
    static constexpr int kDx[] = {0, 1, 0, -1};
    static constexpr int kDy[] = {1, 0, -1, 0};
    x_ += move.steps * kDx[heading_];
    y_ += move.steps * kDy[heading_];
    steps_ += move.steps;
  }
  void Do(const Turn& turn) { heading_ = (heading_ + (turn.left ? 3 : 1)) % 4; }
  void Do(const Where& where) { where.reply.Send({x_, y_}); }
  void Do(const Stop& stop) {
    stopped_ = true;
    stop.steps.Send(steps_);
  }

  int x_ = 0;
  int y_ = 0;
  int heading_ = 0;
  int steps_ = 0;
  bool stopped_ = false;
};

int main() {
  heddle::Channel<Command> commands(8);
  heddle::WaitGroup garden;
  Turtle turtle;
  garden.Go([&turtle, commands] { turtle.Run(commands); });
  for (const Command& command : std::vector<Command>{Move{3}, Turn{true}, Move{2}}) commands.Send(command);

  Where where;
  commands.Send(where);
  const auto at = where.reply.Recv();
  std::printf("at %d, %d\n", at->first, at->second);

  Stop stop;
  commands.Send(stop);
  std::printf("%d steps\n", stop.steps.Recv().value_or(0));
  garden.Wait();
}

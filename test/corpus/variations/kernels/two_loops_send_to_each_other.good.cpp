// What: A crane planner queues its moves for a yard and selects between handing one over and taking a callback, so neither waits for the other's turn.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

using Callback = std::function<void()>;

struct Idle {};
struct MoveCommitted {
  int container;
  std::function<void()> applied;
};
using Event = std::variant<Idle, MoveCommitted>;

// What planner and yard share.
struct Wires {
  heddle::Channel<Event> events;
  heddle::Channel<Callback> callbacks;
  heddle::Channel<heddle::Unit> stop;
};

class Planner {
 public:
  explicit Planner(std::shared_ptr<Wires> wires) : wires_(std::move(wires)) {}

  // Commits all moves and returns when the yard has applied them.
  void Run() {
    while (applied_ < kMoves) {
      if (committed_ < kMoves) Commit(++committed_);
      Step();
    }
    std::printf("%d moves applied\n", applied_);
  }

 private:
  static constexpr int kMoves = 40;

  void Commit(int container) {
    auto count = [this] { ++applied_; };
    Emit(MoveCommitted{container, [wires = wires_, count] {
                         heddle::Select(heddle::OnSend(wires->callbacks, Callback(count)),
                                        heddle::OnRecv(wires->stop));
                       }});
  }

  void Emit(Event event) {
    pending_.push_back(std::move(event));
  }

  void Step() {
    auto call = [](std::optional<Callback> callback) { (*callback)(); };
    heddle::SendChannel<Event> out = wires_->events;
    if (pending_.empty()) out = heddle::SendChannel<Event>::Nil();
    heddle::Select(heddle::OnRecv(wires_->callbacks, call), heddle::OnRecv(wires_->stop),
                   heddle::OnSend(out, pending_.empty() ? Event{} : pending_.front(),
                                  [this] { pending_.pop_front(); }));
  }

  std::shared_ptr<Wires> wires_;
  int committed_ = 0;
  int applied_ = 0;
  std::deque<Event> pending_;
};

class Yard {
 public:
  explicit Yard(std::shared_ptr<Wires> wires) : wires_(std::move(wires)) {}

  void Run() {
    auto apply = [](std::optional<Event> event) {
      if (!event) return;
      if (auto* move = std::get_if<MoveCommitted>(&*event)) {
        if (move->applied) move->applied();
      }
    };
    int chosen = 0;
    while (chosen == 0) {
      chosen = heddle::Select(heddle::OnRecv(wires_->events, apply), heddle::OnRecv(wires_->stop));
    }
  }

 private:
  std::shared_ptr<Wires> wires_;
};

int main() {
  auto wires = std::make_shared<Wires>();
  Planner planner(wires);
  Yard yard(wires);
  heddle::WaitGroup planning;
  heddle::WaitGroup moving;
  moving.Go([&] { yard.Run(); });
  planning.Go([&] { planner.Run(); });
  planning.Wait();
  wires->stop.Close();
  moving.Wait();
}

// What: A crane planner sends its moves to a yard and takes callbacks from it in one loop; the yard sends a callback for a move while the planner is sending the next move.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
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
      if (committed_ < kMoves) Commit(++committed_);  // bug: deadlock
      Step();
    }
    std::printf("%d moves applied\n", applied_);
  }

 private:
  static constexpr int kMoves = 40;

  void Commit(int container) {
    auto count = [this] { ++applied_; };
    Emit(MoveCommitted{container, [wires = wires_, count] {
                         heddle::Select(heddle::OnSend(wires->callbacks, Callback(count)),  // bug: deadlock, leaked-task
                                        heddle::OnRecv(wires->stop));
                       }});
  }

  void Emit(Event event) {
    heddle::Select(heddle::OnSend(wires_->events, std::move(event)),  // bug: deadlock, leaked-task
                   heddle::OnRecv(wires_->stop));
  }

  void Step() {
    auto call = [](std::optional<Callback> callback) { (*callback)(); };
    if (committed_ < kMoves) {
      heddle::Select(heddle::OnRecv(wires_->callbacks, call), heddle::OnDefault());
    } else {
      heddle::Select(heddle::OnRecv(wires_->callbacks, call), heddle::OnRecv(wires_->stop));
    }
  }

  std::shared_ptr<Wires> wires_;
  int committed_ = 0;
  int applied_ = 0;
};

class Yard {
 public:
  explicit Yard(std::shared_ptr<Wires> wires) : wires_(std::move(wires)) {}

  void Run() {
    auto apply = [](std::optional<Event> event) {
      if (!event) return;
      if (auto* move = std::get_if<MoveCommitted>(&*event)) {
        if (move->applied) move->applied();  // bug: deadlock
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
  moving.Go([&] { yard.Run(); });  // bug: deadlock
  planning.Go([&] { planner.Run(); });  // bug: deadlock
  planning.Wait();  // bug: deadlock
  wires->stop.Close();
  moving.Wait();
}

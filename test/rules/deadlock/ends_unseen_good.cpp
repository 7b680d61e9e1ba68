// RUN: %expect %s
// Who shares an object, or has it in an optional, ends it at a time that is not
// followed: what its destructor closes or gives back may be closed by then. A move
// that the class says itself leaves its own mark on what was moved from.
#include <heddle/heddle.h>

#include <memory>
#include <optional>
#include <utility>

class Tap {  // closes when its last owner has gone
 public:
  explicit Tap(heddle::Channel<int> out) : out_(std::move(out)) {}
  Tap(const Tap &) = delete;
  Tap &operator=(const Tap &) = delete;
  ~Tap() { out_.Close(); }
  void Pour(int litres) const { out_.Send(litres); }

 private:
  heddle::Channel<int> out_;
};

class Pipe {
 public:
  explicit Pipe(heddle::Channel<int> out) : tap_(std::make_shared<Tap>(std::move(out))) {}
  void Pour(int litres) const { tap_->Pour(litres); }

 private:
  std::shared_ptr<Tap> tap_;
};

void LastOneCloses() {
  heddle::Channel<int> barrel;
  {
    const Pipe pipe(barrel);
    for (int i = 0; i < 3; ++i) heddle::go([pipe, i] { pipe.Pour(i); });
  }
  for (int litres : barrel) static_cast<void>(litres);
}

void Reset() {
  heddle::Channel<int> barrel;
  auto tap = std::make_shared<Tap>(barrel);
  heddle::go([tap] { tap->Pour(1); });
  tap.reset();
  for (int litres : barrel) static_cast<void>(litres);
}

class Key {  // goes back to its board
 public:
  explicit Key(heddle::Channel<int> board) : board_(std::move(board)), held_(true) {}
  Key(Key &&other) noexcept : board_(other.board_), held_(std::exchange(other.held_, false)) {}
  Key &operator=(Key &&) = delete;
  ~Key() {
    if (held_) board_.Send(1);
  }

 private:
  heddle::Channel<int> board_;
  bool held_;
};

void HandedOver() {
  heddle::Channel<int> board(1);
  {
    Key key(board);
    Key other = std::move(key);
  }
  board.Recv();
}

std::optional<Key> TryTake(const heddle::Channel<int> &board) {
  if (board.TryRecv().state != heddle::RecvState::kValue) return std::nullopt;
  return Key(board);
}

void Optional() {
  heddle::Channel<int> board(1);
  board.Send(1);
  {
    std::optional<Key> key = TryTake(board);
  }
  board.Recv();
}

void Emplaced() {
  heddle::Channel<int> board(1);
  {
    std::optional<Key> key;
    key.emplace(board);
  }
  board.Recv();
}

void Deleter() {
  heddle::Channel<int> board(1);
  {
    std::shared_ptr<int> key(new int(1), [board](int *key) {
      delete key;
      board.Send(1);
    });
  }
  board.Recv();
}

std::unique_ptr<Key> Made(heddle::Channel<int> board) { return std::make_unique<Key>(std::move(board)); }

void SharedAsAnything() {
  heddle::Channel<int> board(1);
  {
    std::shared_ptr<void> key = std::shared_ptr<Key>(Made(board));
  }
  board.Recv();
}

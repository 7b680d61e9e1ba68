// RUN: %expect %s
// What a shared object's end does not touch is followed all the same, and a move
// that the class says itself does what it says.
#include <heddle/heddle.h>

#include <memory>
#include <utility>

class Ledger {
 public:
  ~Ledger() { ++closed_; }
  heddle::Channel<int> entries;

 private:
  int closed_ = 0;
};

void OnlyCounts() {
  auto ledger = std::make_shared<Ledger>();
  heddle::go([ledger] { ledger->entries.Send(1); });
  ledger->entries.Recv();
  ledger->entries.Recv();  // want: deadlock "receiving from"
}

class Key {
 public:
  explicit Key(heddle::Channel<int> board) : board_(std::move(board)), held_(true) {}
  Key(Key &&other) noexcept : board_(other.board_), held_(other.held_) {}  // both give it back
  Key &operator=(Key &&) = delete;
  ~Key() {
    if (held_) board_.Send(1);  // want: deadlock "sending on"
  }

 private:
  heddle::Channel<int> board_;
  bool held_;
};

void GivenBackTwice() {
  heddle::Channel<int> board(1);
  {
    Key key(board);
    Key other = std::move(key);
  }
  board.Recv();
}

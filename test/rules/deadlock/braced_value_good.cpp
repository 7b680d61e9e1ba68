// RUN: %expect %s
// A number in braces is that number: `Done{IsDone}` keeps what it was given.
#include <condition_variable>
#include <mutex>
#include <queue>

class Mailbox {
public:
  // Looks at the first letter, unless it stands for the end.
  class Cursor {
  public:
    explicit Cursor(Mailbox &Of, bool AtEnd = false) : From{&Of}, IsEnd{AtEnd} {
      if (!IsEnd && !From->take(Letter))
        IsEnd = true;
    }
    bool differs(const Cursor &Other) const { return IsEnd != Other.IsEnd; }

  private:
    Mailbox *From;
    int Letter{};
    bool IsEnd{false};
  };

  void post(int Letter) {
    std::unique_lock<std::mutex> Lock{Mu};
    Letters.push(Letter);
    HasLetter.notify_one();
  }
  bool take(int &Out) {
    std::unique_lock<std::mutex> Lock{Mu};
    HasLetter.wait(Lock, [this] { return Letters.size() > 0 || IsClosed; });
    if (Letters.size() == 0)
      return false;
    Out = Letters.front();
    Letters.pop();
    return true;
  }
  Cursor first() { return Cursor{*this}; }
  Cursor last() { return Cursor{*this, true}; }

private:
  std::mutex Mu;
  std::condition_variable HasLetter;
  std::queue<int> Letters;
  bool IsClosed{};
};

int main() {
  Mailbox Box;
  Box.post(1);
  Mailbox::Cursor At = Box.first();
  if (At.differs(Box.last()))
    return 1;
}

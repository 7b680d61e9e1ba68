// What: A post room takes notes and calls by one channel; who calls waits for the answer before the next note.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <variant>

struct Note {
  int pages;
};
struct Call {
  heddle::Channel<int> answer;
};
using Item = std::variant<Note, Call>;

template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

class PostRoom {
 public:
  void Serve() {
    while (std::optional<Item> item = in_.Recv())
      std::visit(Cases{[&](Note& note) { pages_ += note.pages; },
                       [&](Call& call) { call.answer.Send(pages_); }},
                 *item);
  }

  void HandIn(Item item) { in_.Send(item); }
  void Close() { in_.Close(); }

 private:
  heddle::Channel<Item> in_;
  int pages_ = 0;
};

int main() {
  PostRoom room;
  heddle::WaitGroup wg;
  wg.Go([&] { room.Serve(); });
  heddle::Channel<int> answer;
  room.HandIn(Note{3});
  room.HandIn(Call{answer});
  std::printf("%d pages\n", answer.Recv().value_or(0));
  room.HandIn(Note{2});
  room.Close();
  wg.Wait();
}

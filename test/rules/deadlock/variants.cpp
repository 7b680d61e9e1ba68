// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>
#include <type_traits>
#include <variant>

struct Call {
  heddle::Channel<int> answer;
};
struct Note {
  int length;
};
using Letter = std::variant<Note, Call>;

// Calls are not answered.
void NotesOnly() {
  heddle::Channel<Letter> box(2);
  heddle::Channel<int> answer;
  heddle::go([&] {
    while (std::optional<Letter> letter = box.Recv()) {  // want: unclosed-range "'box'"
      if (auto* note = std::get_if<Note>(&*letter)) {
        if (note->length > 3) break;
      }
    }
  });
  box.Send(Note{1});
  box.Send(Call{answer});
  answer.Recv();  // want: deadlock "receiving from 'answer'"
}

// The answer goes to a caller who sends the next letter.
template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

void AnswerFirst() {
  heddle::Channel<Letter> box;
  heddle::Channel<int> answer;
  heddle::go([&] {
    while (std::optional<Letter> letter = box.Recv())
      std::visit(Cases{[](Note&) {}, [](Call& call) {
                         call.answer.Send(1);  // want: leaked-task "sending on 'call.answer'"
                       }},
                 *letter);
  });
  box.Send(Call{answer});
  box.Send(Note{2});  // want: deadlock "sending on 'box'"
  answer.Recv();
  box.Close();
}

// A line that a variant holds, or that an optional is given back with.
std::optional<heddle::Channel<int>> Line(std::variant<std::monostate, heddle::Channel<int>> from) {
  if (std::holds_alternative<std::monostate>(from)) return std::nullopt;
  return std::get<1>(from);
}

void Dead() {
  heddle::Channel<int> line;
  if (std::optional<heddle::Channel<int>> found = Line(line)) found->Recv();  // want: deadlock "receiving from 'found'"
}

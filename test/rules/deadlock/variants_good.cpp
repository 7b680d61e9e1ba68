// What is held decides, and what may be held may be either.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>
#include <string>
#include <type_traits>
#include <variant>

struct Quit {};
struct Call {
  heddle::Channel<int> answer;
};
struct Note {
  int length;
};
using Letter = std::variant<Quit, Call, Note>;

template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

void CallsAnswered() {
  heddle::Channel<Letter> box(2);
  heddle::Channel<int> answer;
  heddle::WaitGroup wg;
  wg.Go([&] {
    while (std::optional<Letter> letter = box.Recv()) {
      if (auto* call = std::get_if<Call>(&*letter)) call->answer.Send(1);
    }
  });
  box.Send(Call{answer});
  answer.Recv();
  box.Close();
  wg.Wait();
}

void UntilQuit() {
  heddle::Channel<Letter> box(2);
  heddle::Channel<int> answer;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (;;) {
      Letter letter = box.Recv().value();
      if (std::holds_alternative<Quit>(letter)) return;
      std::visit(Cases{[](Quit&) {}, [](Call& call) { call.answer.Send(1); }, [](Note&) {}}, letter);
    }
  });
  box.Send(Note{3});
  box.Send(Call{answer});
  answer.Recv();
  box.Send(Quit{});
  wg.Wait();
}

void NoCall() {
  Letter letter = Note{1};
  heddle::Channel<int> c;
  if (std::holds_alternative<Call>(letter)) c.Recv();
  if (letter.index() == 0) c.Recv();
  switch (letter.index()) {
    case 0:
      c.Recv();
      break;
    case 2:
      break;
    default:
      c.Recv();
  }
  std::visit(
      [&](auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, Call>) held.answer.Recv();
      },
      letter);
}

void Replaced(bool some) {
  std::variant<std::monostate, heddle::Channel<int>> line;
  if (some) line = heddle::Channel<int>(1);
  if (auto* c = std::get_if<heddle::Channel<int>>(&line)) {
    c->Send(1);
    c->Recv();
  }
  line.emplace<heddle::Channel<int>>(1);
  std::get<1>(line).Send(3);
  std::get<heddle::Channel<int>>(line).Recv();
}

std::optional<heddle::Channel<int>> Pick(bool some) {
  heddle::Channel<int> c(1);
  c.Send(1);
  if (some) return c;
  return std::nullopt;
}

void SendOn(std::optional<heddle::Channel<int>> c) {
  if (c) c->Send(1);
}

void HandedOver(bool some) {
  if (auto c = Pick(some)) c->Recv();
  heddle::Channel<int> c;
  heddle::WaitGroup wg;
  wg.Go([&] { c.Recv(); });
  SendOn(c);
  wg.Wait();
  SendOn(std::nullopt);
}

// Whoever else can set it may have.
void SetElsewhere(Letter& letter) {
  heddle::Channel<int> c;
  heddle::go([&] {
    if (std::holds_alternative<Note>(letter)) c.Close();
  });
  if (std::holds_alternative<Note>(letter)) c.Recv();
}

int main(int argc, char**) {
  CallsAnswered();
  UntilQuit();
  NoCall();
  Replaced(argc > 1);
  HandedOver(argc > 1);
  Letter letter = Note{1};
  SetElsewhere(letter);
}

// RUN: %expect %s
#include <heddle/heddle.h>

#include <string>

// Room for every answer.
std::string FirstOf(const std::string& question) {
  heddle::Channel<std::string> answers(3);
  for (int server = 0; server < 3; ++server) {
    heddle::go([answers, question]() mutable { answers.Send(question + "?"); });
  }
  return answers.Recv().value_or("");
}

// Room for an answer that comes too late.
bool AskWithLimit(int n) {
  heddle::Channel<int> answer(1);
  heddle::go([answer, n]() mutable { answer.Send(n + 1); });
  return heddle::Select(heddle::OnRecv(answer), heddle::OnDefault()) == 0;
}

void Collect(heddle::Channel<int> numbers) {
  int sum = 0;
  for (int number : numbers) sum += number;
}

// The sender says that there is no more.
void Total() {
  heddle::Channel<int> numbers;
  heddle::go(Collect, numbers);
  numbers.Send(1);
  numbers.Send(2);
  numbers.Close();
}

// The caller has the other end.
heddle::Channel<int> Numbers() {
  heddle::Channel<int> numbers;
  heddle::go([numbers]() mutable {
    numbers.Send(1);
    numbers.Close();
  });
  return numbers;
}

// Either path takes it.
bool Fetch(bool broken) {
  heddle::Channel<int> page;
  heddle::go([page]() mutable { page.Send(200); });
  if (broken) {
    page.Recv();
    return false;
  }
  return page.Recv().has_value();
}

// A way out beside the send.
int Some() {
  heddle::Channel<int> numbers;
  heddle::Channel<heddle::Unit> enough;
  heddle::go([numbers, enough]() mutable {
    for (int i = 0;; ++i) {
      if (heddle::Select(heddle::OnSend(numbers, i), heddle::OnRecv(enough)) == 1) return;
    }
  });
  int sum = 0;
  for (int i = 0; i < 3; ++i) sum += numbers.Recv().value_or(0);
  enough.Close();
  return sum;
}

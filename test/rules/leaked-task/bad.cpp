// RUN: %expect %s
#include <heddle/heddle.h>

#include <optional>
#include <string>

struct Reply {
  std::string text;
};

// The first answer is enough, and the others have nowhere to go.
std::string FirstOf(const std::string& question) {
  heddle::Channel<std::string> answers;
  for (int server = 0; server < 3; ++server) {
    heddle::go([answers, question]() mutable {  // note: "is started here"
      answers.Send(question + "?");  // want: leaked-task "nothing receives after 'FirstOf' returns"
    });
  }
  return answers.Recv().value_or("");
}

// Gives up before the answer is there.
bool AskWithLimit(int n) {
  heddle::Channel<int> answer;
  heddle::go([answer, n]() mutable {
    answer.Send(n + 1);  // want: leaked-task "can block for ever sending on 'answer'"
  });
  return heddle::Select(heddle::OnRecv(answer), heddle::OnDefault()) == 0;
}

// A range that only one path ends.
void Collect(heddle::Channel<int> numbers) {
  int sum = 0;
  while (std::optional<int> number = numbers.Recv()) sum += *number;  // want: leaked-task "receiving from 'numbers'.*nothing sends or closes it after 'Total' returns"
}

void Total(bool all) {
  heddle::Channel<int> numbers;
  heddle::go(Collect, numbers);
  numbers.Send(1);
  if (!all) return;
  numbers.Send(2);
  numbers.Close();
}

// Room for one of two.
void NotifyBoth() {
  heddle::Channel<int> done(1);
  heddle::go([done]() mutable { done.Send(1); });  // want: leaked-task "sending on 'done'"
  heddle::go([done]() mutable { done.Send(2); });  // want: leaked-task "sending on 'done'"
}

// An error path forgets the partner.
bool Fetch(bool broken) {
  heddle::Channel<int> page;
  heddle::go([page]() mutable {
    page.Send(200);  // want: leaked-task warning "nothing receives after 'Fetch' returns"
  });
  if (broken) return false;
  return page.Recv().has_value();
}

// What: A survey checks its questions first, starts its interviews with references to its own locals and waits for them.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <vector>

struct Question {
  std::string text;
  bool Valid() const { return text.ends_with('?'); }
};

bool AllValid(const std::vector<Question>& questions) {
  for (const Question& question : questions) {
    if (!question.Valid()) return false;
  }
  return true;
}

std::atomic<int> asked{0};

void Interview(const Question& question, heddle::Channel<int> answers) {
  ++asked;
  answers.Send(static_cast<int>(question.text.size()));
}

int Survey(const std::vector<Question>& questions) {
  heddle::Channel<int> answers(questions.size());
  heddle::WaitGroup interviews;
  if (!AllValid(questions)) return -1;
  for (const Question& question : questions) {
    interviews.Go([&] { Interview(question, answers); });
  }
  interviews.Wait();
  answers.Close();
  int letters = 0;
  for (int size : answers) letters += size;
  return letters;
}

int main() {
  const std::vector<Question> good = {{"how old are you?"}, {"where do you live?"}};
  const std::vector<Question> broken = {{"what do you eat?"}, {"no question"}, {"and why?"}};
  std::printf("all valid: %d\n", AllValid(good));
  std::printf("first survey: %d\n", Survey(good));
  std::printf("second survey: %d\n", Survey(broken));
}

// What: A survey starts a task per field that reports into a local of the function; a field that is fenced off makes the function return before it waits for them.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Field {
 public:
  Field(std::string name, int furrows, bool fenced)
      : name_(std::move(name)), furrows_(furrows), fenced_(fenced) {}

  heddle::Error Enter() const {
    if (fenced_) return name_ + " is fenced off";
    return std::nullopt;
  }

  // Counts the furrows, one look at a time.
  int Count() const {
    int count = 0;
    for (; count < furrows_; ++count) heddle::Yield();
    return count;
  }

 private:
  const std::string name_;
  const int furrows_;
  const bool fenced_;
};

using Fields = std::vector<std::shared_ptr<const Field>>;

heddle::Error Survey(const Fields& fields, int& furrows) {
  std::atomic<int> sum{0};
  heddle::WaitGroup surveyors;
  for (const std::shared_ptr<const Field>& field : fields) {
    if (heddle::Error error = field->Enter()) return error;  // bug: missing-wait, dangling-capture
    surveyors.Go([&sum, field] { sum += field->Count(); });  // bug: dangling-capture, missing-wait, unawaited-task
  }
  surveyors.Wait();
  furrows = sum;
  return std::nullopt;
}

int main() {
  const Fields fields = {
      std::make_shared<Field>("mill field", 40, false),
      std::make_shared<Field>("long acre", 60, false),
      std::make_shared<Field>("church field", 30, true),
  };
  int furrows = 0;
  const heddle::Error error = Survey(fields, furrows);  // bug: missing-wait
  std::printf("%s, %d furrows\n", error.value_or("all surveyed").c_str(), furrows);
}

// What: Districts are asked in tasks of their own; the number of questions sent is counted in a variable and as many answers are received.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

struct Answer {
  std::string district;
  int people;
};

class Census {
 public:
  using Count = std::function<int()>;

  void Add(const std::string& district, Count count) { counts_[district] = std::move(count); }

  int Total() {
    std::size_t outstanding = 0;
    for (const auto& [district, count] : counts_) {
      if (!count) {
        std::printf("%s is empty\n", district.c_str());
        continue;
      }
      heddle::go([answers = answers_, district, count] { answers.Send({district, count()}); });
      ++outstanding;
    }
    return Collect(outstanding);
  }

 private:
  int Collect(std::size_t outstanding) {
    int people = 0;
    while (outstanding > 0) {
      const std::optional<Answer> answer = answers_.Recv();
      --outstanding;
      people += answer->people;
    }
    return people;
  }

  std::map<std::string, Count> counts_;
  heddle::Channel<Answer> answers_;
};

int main() {
  Census census;
  census.Add("north", [] { return 1200; });
  census.Add("marsh", nullptr);
  census.Add("south", [] { return 3400; });
  census.Add("harbour", [] { return 560; });
  std::printf("%d people\n", census.Total());
}

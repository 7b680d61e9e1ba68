// What: A parser throws on a malformed record; its task counts itself down in a destructor, so the wait ends.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

int Parse(const std::string& record) {
  if (record.empty() || record[0] == '#') throw std::invalid_argument("malformed record");
  return static_cast<int>(record.size());
}

class CountsDown {
 public:
  explicit CountsDown(heddle::WaitGroup& group) : group_(group) {}
  ~CountsDown() { group_.Done(); }

 private:
  heddle::WaitGroup& group_;
};

void ParseAll(const std::vector<std::string>& records) {
  heddle::WaitGroup group;
  for (const std::string& record : records) {
    group.Add(1);
    heddle::go([&group, &record] {
      CountsDown guard(group);
      std::printf("%d bytes\n", Parse(record));
    });
  }
  group.Wait();
}

int main() {
  ParseAll({"ada;1", "#;2", "bob;3"});
}

// What: A parser throws on a malformed record, before the statement that counts its task down, so the wait never ends.
// Run: deadlock
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
  void Finish() { group_.Done(); }  // bug: missing-done, done-not-deferred

 private:
  heddle::WaitGroup& group_;
};

void ParseAll(const std::vector<std::string>& records) {
  heddle::WaitGroup group;
  for (const std::string& record : records) {
    group.Add(1);  // bug: missing-done
    heddle::go([&group, &record] {  // bug: missing-done, leaked-task
      CountsDown guard(group);
      std::printf("%d bytes\n", Parse(record));  // bug: missing-done, done-not-deferred
      guard.Finish();  // bug: missing-done, done-not-deferred
    });
  }
  group.Wait();  // bug: missing-done, deadlock
}

int main() {
  ParseAll({"ada;1", "#;2", "bob;3"});
}

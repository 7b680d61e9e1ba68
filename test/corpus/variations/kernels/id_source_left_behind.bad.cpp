// What: A source of identifiers sends for ever from its own task; its owner takes two and goes, and the task stays in its send.
// Run: leak
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

class IdSource {
 public:
  IdSource() {
    heddle::go([ids = ids_]() mutable {  // bug: leaked-task
      for (long id = 1000;; ++id) ids.Send(id);  // bug: leaked-task
    });
  }

  std::string Next() { return "id-" + std::to_string(ids_.Recv().value_or(0)); }

 private:
  heddle::Channel<long> ids_;
};

int main() {
  IdSource source;  // bug: leaked-task
  std::printf("%s\n", source.Next().c_str());
  std::printf("%s\n", source.Next().c_str());
}

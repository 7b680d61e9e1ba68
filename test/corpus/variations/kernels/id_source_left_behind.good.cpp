// What: A source of identifiers sends from its own task until its owner's destructor stops it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>

class IdSource {
 public:
  IdSource() {
    task_.Go([ids = ids_, stop = stop_]() mutable {
      for (long id = 1000;; ++id) {
        if (heddle::Select(heddle::OnSend(ids, id), heddle::OnRecv(stop)) == 1) return;
      }
    });
  }
  ~IdSource() {
    stop_.Close();
    task_.Wait();
  }

  std::string Next() { return "id-" + std::to_string(ids_.Recv().value_or(0)); }

 private:
  heddle::Channel<long> ids_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup task_;
};

int main() {
  IdSource source;
  std::printf("%s\n", source.Next().c_str());
  std::printf("%s\n", source.Next().c_str());
}

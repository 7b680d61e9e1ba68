// What: A generator of permutations is stopped by closing its quit channel when it is destroyed, also while it waits to hand out a value.
// Run: clean
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

template <class T>
class Stream {
 public:
  using Yield = std::function<bool(T)>;  // false: stop
  using Body = std::function<void(const Yield&)>;

  explicit Stream(Body body) {
    producer_.Go([this, body = std::move(body)] {
      HEDDLE_DEFER(values_.Close());
      body([this](T value) {
        return heddle::Select(heddle::OnSend(values_, std::move(value)), heddle::OnRecv(quit_)) == 0;
      });
    });
  }
  ~Stream() {
    quit_.Close();
    producer_.Wait();
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::optional<T> Next() { return values_.Recv(); }

 private:
  heddle::Channel<T> values_;
  heddle::Channel<heddle::Unit> quit_;
  heddle::WaitGroup producer_;
};

std::unique_ptr<Stream<std::string>> Permutations(std::string letters) {
  std::sort(letters.begin(), letters.end());
  return std::make_unique<Stream<std::string>>([letters](const Stream<std::string>::Yield& yield) {
    std::string word = letters;
    do {
      if (!yield(word)) return;
    } while (std::next_permutation(word.begin(), word.end()));
  });
}

int main() {
  auto all = Permutations("abc");
  int count = 0;
  while (all->Next()) ++count;
  std::printf("%d of abc\n", count);

  auto some = Permutations("stream");
  for (int i = 0; i < 4; ++i) std::printf("%s\n", some->Next().value_or("").c_str());
  some.reset();
}

// What: An atlas is opened by the first who asks; the second atlas, which the first needs, has a once of its own.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

template <class T>
class Lazy {
 public:
  template <class F>
  const T& Get(F make) {
    once_.Do([&] { value_ = std::make_unique<T>(make()); });
    return *value_;
  }

 private:
  heddle::Once once_;
  std::unique_ptr<T> value_;
};

using Names = std::map<int, std::string>;

std::atomic<int> opened{0};

const Names& Countries() {
  static Lazy<Names> lazy;
  return lazy.Get([] {
    ++opened;
    heddle::Yield();
    return Names{{1, "Peru"}, {2, "Chad"}};
  });
}

const Names& Cities() {
  static Lazy<Names> lazy;
  return lazy.Get([] {
    ++opened;
    Names cities;
    for (const auto& [id, country] : Countries()) cities[id * 10] = "capital of " + country;
    return cities;
  });
}

int main() {
  heddle::Channel<std::size_t> sizes(6);
  heddle::WaitGroup readers;
  for (int reader = 0; reader < 6; ++reader) {
    readers.Go([reader, sizes] {
      const Names& names = reader % 2 == 0 ? Cities() : Countries();
      sizes.Send(names.size());
    });
  }
  readers.Wait();
  sizes.Close();
  std::size_t sum = 0;
  for (std::size_t size : sizes) sum += size;
  std::printf("%zu names, opened %d times\n", sum, opened.load());
}

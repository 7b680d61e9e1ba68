// RUN: %expect %s
// As own_ranges.cpp; and iterators of the user's own.
#include <heddle/heddle.h>

#include <optional>
#include <utility>

template <class T>
class Stream {
 public:
  class Iterator {
   public:
    Iterator() = default;
    explicit Iterator(heddle::Channel<T> from) : from_(std::move(from)) { ++*this; }
    Iterator& operator++() {
      now_ = from_.Recv();
      return *this;
    }
    const T& operator*() const { return *now_; }
    bool operator!=(const Iterator&) const { return now_.has_value(); }

   private:
    heddle::Channel<T> from_;
    std::optional<T> now_;
  };

  void Put(T value) { items_.Send(std::move(value)); }
  void Stop() { items_.Close(); }
  Iterator begin() const { return Iterator(items_); }
  Iterator end() const { return Iterator(); }

 private:
  heddle::Channel<T> items_;
};

template <class T>
class Belt {
 public:
  void Put(T value) { items_.Send(std::move(value)); }
  void Stop() { items_.Close(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  heddle::Channel<T> items_;
};

template <class Pipe>
int Run(int turns) {
  Pipe pipe;
  heddle::WaitGroup reader;
  int sum = 0;
  reader.Go([&] {
    for (int item : pipe) sum += item;
  });
  for (int i = 0; i < turns; ++i) pipe.Put(i);
  pipe.Stop();
  reader.Wait();
  return sum;
}

int main() { return Run<Belt<int>>(3) - Run<Stream<int>>(3); }

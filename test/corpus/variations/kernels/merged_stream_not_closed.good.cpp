// What: A merge forwards several inputs to one output; a last task closes the output when the inputs are exhausted.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <vector>

template <class T>
class Merge {
 public:
  explicit Merge(std::vector<heddle::RecvChannel<T>> inputs) {
    for (heddle::RecvChannel<T> input : inputs) {
      forwarders_.Go([this, input] { Forward(input); });
    }
    closer_.Go([this] {
      forwarders_.Wait();
      output_.Close();
    });
  }
  ~Merge() { closer_.Wait(); }

  heddle::RecvChannel<T> Output() const { return output_; }

 private:
  void Forward(heddle::RecvChannel<T> input) {
    for (T& value : input) output_.Send(std::move(value));
  }

  heddle::Channel<T> output_;
  heddle::WaitGroup forwarders_;
  heddle::WaitGroup closer_;
};

heddle::RecvChannel<int> Numbers(int first, int last) {
  heddle::Channel<int> numbers(8);
  for (int number = first; number <= last; ++number) numbers.Send(number);
  numbers.Close();
  return numbers;
}

int main() {
  Merge<int> merge({Numbers(1, 3), Numbers(10, 12)});
  int sum = 0;
  for (int number : merge.Output()) sum += number;
  std::printf("sum %d\n", sum);
}

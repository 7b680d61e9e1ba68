// What: Stages of a pipeline are templates over their function; each closes its output when its input ends, and the sink reads to the end.
// Run: clean
#include <heddle/heddle.h>

#include <cctype>
#include <cstdio>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

class Plant {
 public:
  ~Plant() { stages_.Wait(); }

  template <class T>
  heddle::RecvChannel<T> Source(std::vector<T> values) {
    heddle::Channel<T> out;
    stages_.Go([out, values = std::move(values)] {
      HEDDLE_DEFER(out.Close());
      for (const T& value : values) out.Send(value);
    });
    return out;
  }

  template <class In, class F>
  auto Map(heddle::RecvChannel<In> in, F f, std::size_t ahead = 0) {
    using Out = std::invoke_result_t<F&, In&>;
    heddle::Channel<Out> out(ahead);
    stages_.Go([in = std::move(in), out, f = std::move(f)]() mutable {
      HEDDLE_DEFER(out.Close());
      for (In& value : in) out.Send(f(value));
    });
    return heddle::RecvChannel<Out>(out);
  }

  template <class T, class P>
  heddle::RecvChannel<T> Filter(heddle::RecvChannel<T> in, P keep) {
    heddle::Channel<T> out;
    stages_.Go([in = std::move(in), out, keep = std::move(keep)] {
      while (std::optional<T> value = in.Recv()) {
        if (keep(*value)) out.Send(std::move(*value));
      }
      out.Close();
    });
    return out;
  }

 private:
  heddle::WaitGroup stages_;
};

int main() {
  Plant plant;
  auto words = plant.Source<std::string>({"Steel", "wool", "Iron", "thread", "Loom"});
  auto names = plant.Filter(words, [](const std::string& word) { return std::isupper(static_cast<unsigned char>(word[0])) != 0; });
  auto sizes = plant.Map(names, [](std::string& name) { return name.size(); }, 2);
  auto doubled = plant.Map(sizes, [](std::size_t size) { return size * 2.0; });
  double sum = 0;
  for (double value : doubled) sum += value;
  std::printf("%.1f\n", sum);
}

// What: A stage sends or leaves at the cancellation, whichever comes first.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

template <class In, class Out>
class Stage {
 public:
  using Transform = std::function<Out(const In&)>;
  explicit Stage(Transform transform) : transform_(std::move(transform)) {}

  // Returns its output; the stage runs in `group` until its input ends or `ctx` is done.
  heddle::RecvChannel<Out> Start(heddle::TaskGroup& group, heddle::Context ctx,
                                 heddle::RecvChannel<In> in) const {
    heddle::Channel<Out> out;
    group.Go([out, ctx, in, transform = transform_] {
      HEDDLE_DEFER(out.Close());
      for (std::optional<In> next = Next(ctx, in); next; next = Next(ctx, in)) {
        if (heddle::Select(heddle::OnSend(out, transform(*next)), heddle::OnRecv(ctx.Done())) == 1) {
          return;
        }
      }
    });
    return out;
  }

 private:
  static std::optional<In> Next(const heddle::Context& ctx, const heddle::RecvChannel<In>& in) {
    std::optional<In> next;
    heddle::Select(heddle::OnRecv(in, [&](std::optional<In> value) { next = std::move(value); }),
                   heddle::OnRecv(ctx.Done()));
    return next;
  }

  Transform transform_;
};

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::TaskGroup group;
  heddle::Channel<int> numbers(64);
  for (int i = 0; i < 64; ++i) numbers.Send(i);
  numbers.Close();

  Stage<int, int> square([](const int& n) { return n * n; });
  Stage<int, double> halve([](const int& n) { return n / 2.0; });
  heddle::RecvChannel<int> squares = square.Start(group, ctx, numbers);
  heddle::RecvChannel<double> halves = halve.Start(group, ctx, squares);
  for (int i = 0; i < 3; ++i) std::printf("%.1f\n", halves.Recv().value_or(0));
  cancel();
  group.Wait();
}

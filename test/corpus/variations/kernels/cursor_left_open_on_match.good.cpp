// What: A cursor over tide readings closes itself at its end; a search closes it in any case, also when it leaves earlier.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class Cursor : public std::enable_shared_from_this<Cursor> {
 public:
  explicit Cursor(std::vector<int> readings) : readings_(std::move(readings)) {}

  void Watch(const heddle::Context& parent) {
    heddle::CancelableContext scope = heddle::WithCancel(parent);
    cancel_ = scope.cancel;
    heddle::go([self = shared_from_this(), ctx = scope.ctx] { self->AwaitDone(ctx); });
  }

  // The next reading; closes the cursor when there is none.
  std::optional<int> Next() {
    if (next_ < readings_.size()) return readings_[next_++];
    Close();
    return std::nullopt;
  }

  void Close() {
    cancel_();
    released_.Recv();
  }

 private:
  void AwaitDone(const heddle::Context& ctx) {
    ctx.Done().Recv();
    released_.Close();
  }

  const std::vector<int> readings_;
  std::size_t next_ = 0;
  heddle::CancelFunc cancel_;
  heddle::Channel<heddle::Unit> released_;
};

class Station {
 public:
  std::shared_ptr<Cursor> Readings(const heddle::Context& ctx) const {
    auto cursor = std::make_shared<Cursor>(std::vector<int>{310, 345, 402, 388, 290});
    cursor->Watch(ctx);
    return cursor;
  }
};

// Returns the first reading above `limit`.
std::optional<int> FirstAbove(const Station& station, const heddle::Context& ctx, int limit) {
  std::shared_ptr<Cursor> cursor = station.Readings(ctx);
  HEDDLE_DEFER(cursor->Close());
  while (std::optional<int> reading = cursor->Next()) {
    if (*reading > limit) return reading;
  }
  return std::nullopt;
}

int main() {
  Station station;
  for (int limit : {350, 400, 450}) {
    std::printf("%d\n", FirstAbove(station, heddle::Background(), limit).value_or(0));
  }
}

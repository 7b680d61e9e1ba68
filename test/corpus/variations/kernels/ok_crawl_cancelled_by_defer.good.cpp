// What: A crawl runs its fetchers under a context that a deferred call cancels on every way out, and a deferred wait lets them end.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>

struct Page {
  int number;
  std::size_t bytes;
};

class Fetcher {
 public:
  Fetcher(int first, int step) : next_(first), step_(step) {}

  void Run(const heddle::Context& ctx, const heddle::SendChannel<Page>& out) {
    while (ctx.Err() == heddle::ContextError::kOk) {
      const Page page = Fetch();
      if (heddle::Select(heddle::OnRecv(ctx.Done()), heddle::OnSend(out, page)) == 0) return;
    }
  }

 private:
  Page Fetch() {
    const int number = std::exchange(next_, next_ + step_);
    return {number, static_cast<std::size_t>(number % 37)};
  }

  int next_;
  const int step_;
};

// The first page of at least `bytes`, among `limit` pages.
std::optional<int> Find(const heddle::Context& parent, std::size_t bytes, int limit) {
  auto [ctx, cancel] = heddle::WithCancel(parent);
  heddle::WaitGroup fetchers;
  HEDDLE_DEFER(fetchers.Wait());
  HEDDLE_DEFER(cancel());

  heddle::Channel<Page> pages;
  for (int first = 0; first < 3; ++first) {
    fetchers.Go([ctx = ctx, first, pages] { Fetcher(first, 3).Run(ctx, pages); });
  }
  for (int seen = 0; seen < limit; ++seen) {
    const std::optional<Page> page = pages.Recv();
    if (page->bytes >= bytes) return page->number;
  }
  return std::nullopt;
}

int main() {
  const heddle::Context root = heddle::Background();
  std::printf("found: %d\n", Find(root, 30, 500).has_value());
  std::printf("found: %d\n", Find(root, 99, 50).has_value());
}

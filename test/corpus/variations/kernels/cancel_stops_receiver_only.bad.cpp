// What: A photo import receives pages from a scanning task until it is cancelled; the cancellation stops the receiver only, the scanner stays in a send to the full channel.
// Run: leak
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

struct Page {
  int number;
  std::string text;
};

class Scanner {
 public:
  explicit Scanner(int pages) : pages_(pages) {}

  // Sends every page, and a cover in front of them.
  void ScanInto(const heddle::Context& ctx, heddle::SendChannel<Page> out) const {
    if (!Deliver(ctx, out, {0, "cover"})) return;
    for (int number = 1; number <= pages_; ++number) {
      if (!Deliver(ctx, out, {number, "page " + std::to_string(number)})) return;
    }
  }

 private:
  static bool Deliver(const heddle::Context& ctx, const heddle::SendChannel<Page>& out, Page page) {
    if (ctx.Err() == heddle::ContextError::kDeadlineExceeded) return false;
    out.Send(std::move(page));  // bug: leaked-task
    return true;
  }

  const int pages_;
};

constexpr std::size_t kReady = 6;

// Imports pages until there are no more or `ctx` is cancelled.
bool Import(const heddle::Context& ctx, const Scanner& scanner, std::size_t& imported) {
  heddle::Channel<Page> ready(kReady);
  heddle::go([ctx, ready, &scanner] {  // bug: leaked-task
    HEDDLE_DEFER(ready.Close());
    scanner.ScanInto(ctx, ready);
  });
  for (const Page& page : ready) {
    if (heddle::Select(heddle::OnRecv(ctx.Done()), heddle::OnDefault()) == 0) {
      return false;  // bug: leaked-task
    }
    imported += page.text.size();
  }
  return ctx.Err() == heddle::ContextError::kOk;
}

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  const Scanner scanner(static_cast<int>(kReady) + 2);
  std::size_t imported = 0;
  cancel();
  const bool complete = Import(ctx, scanner, imported);
  std::printf("%s, %zu bytes\n", complete ? "complete" : "cancelled", imported);
}

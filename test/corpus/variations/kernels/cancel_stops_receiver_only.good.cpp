// What: A photo import receives pages from a scanning task until it is cancelled; the scanner's send gives up at the cancellation too and the import drains what is left.
// Run: clean
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
    return heddle::Select(heddle::OnSend(out, std::move(page)), heddle::OnRecv(ctx.Done())) == 0;
  }

  const int pages_;
};

constexpr std::size_t kReady = 6;

// Receives until the sender is done.
void Drain(const heddle::Channel<Page>& pages) {
  while (pages.Recv()) {
  }
}

// Imports pages until there are no more or `ctx` is cancelled.
bool Import(const heddle::Context& ctx, const Scanner& scanner, std::size_t& imported) {
  heddle::Channel<Page> ready(kReady);
  heddle::go([ctx, ready, &scanner] {
    HEDDLE_DEFER(ready.Close());
    scanner.ScanInto(ctx, ready);
  });
  HEDDLE_DEFER(Drain(ready));
  for (const Page& page : ready) {
    if (heddle::Select(heddle::OnRecv(ctx.Done()), heddle::OnDefault()) == 0) {
      return false;
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

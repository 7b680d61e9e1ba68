// What: A fetcher looks whether its context is cancelled and then sends without an alternative; the parser leaves at the first bad page, so the fetcher stays in its send.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>

class Fetcher {
 public:
  Fetcher(heddle::Context ctx, heddle::SendChannel<std::string> pages)
      : ctx_(std::move(ctx)), pages_(std::move(pages)) {}

  void operator()() {
    for (int number = 1; ctx_.Err() == heddle::ContextError::kOk; ++number) {
      std::string page = number % 3 == 0 ? "" : "page " + std::to_string(number);
      pages_.Send(std::move(page));  // bug: leaked-task, deadlock
    }
  }

 private:
  heddle::Context ctx_;
  heddle::SendChannel<std::string> pages_;
};

bool Parse(const std::string& page) {
  if (page.empty()) return false;
  std::printf("%s\n", page.c_str());
  return true;
}

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  heddle::Channel<std::string> pages;
  heddle::WaitGroup fetchers;
  fetchers.Go(Fetcher(ctx, pages));  // bug: leaked-task, deadlock
  while (auto page = pages.Recv()) {
    if (!Parse(*page)) break;  // bug: leaked-task, deadlock
  }
  cancel();
  fetchers.Wait();  // bug: deadlock
}

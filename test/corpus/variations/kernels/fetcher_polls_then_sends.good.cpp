// What: A fetcher selects between its context and its send, so it ends once the parser has left at the first bad page.
// Run: clean
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
      const int chosen =
          heddle::Select(heddle::OnSend(pages_, std::move(page)), heddle::OnRecv(ctx_.Done()));
      if (chosen == 1) return;
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
  fetchers.Go(Fetcher(ctx, pages));
  while (auto page = pages.Recv()) {
    if (!Parse(*page)) break;
  }
  cancel();
  fetchers.Wait();
}

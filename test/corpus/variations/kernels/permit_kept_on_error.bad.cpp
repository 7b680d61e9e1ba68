// What: A download takes one of two permits and gives it back only when it succeeds; after two failures every further download waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

struct Url {
  std::string host;
  int port;
};

class Downloader {
 public:
  std::optional<std::string> Fetch(const Url& url) {
    permits_.Acquire();  // bug: deadlock, missing-unlock
    std::optional<std::string> body = Connect(url);
    if (!body) return std::nullopt;  // bug: deadlock, missing-unlock
    if (body->empty()) body = "(nothing)";
    permits_.Release();
    return body;
  }

 private:
  static std::optional<std::string> Connect(const Url& url) {
    if (url.port <= 0) return std::nullopt;
    return "page of " + url.host;
  }

  heddle::Semaphore permits_{2};
};

int main() {
  const std::vector<Url> urls = {{"one", 80}, {"two", 0}, {"three", -1}, {"four", 80}, {"five", 81}};
  Downloader downloader;
  heddle::Channel<std::string> pages(urls.size());
  heddle::WaitGroup fetches;
  for (const Url& url : urls) {
    fetches.Go([&downloader, pages, url] {
      pages.Send(downloader.Fetch(url).value_or("no page from " + url.host));
    });
  }
  // A second round for those that failed at first.
  for (const Url& url : urls) {
    if (url.port > 0) continue;
    fetches.Go([&downloader, url] { downloader.Fetch({url.host, 443}); });
  }
  fetches.Wait();  // bug: deadlock
  pages.Close();
  for (const std::string& page : pages) std::printf("%s\n", page.c_str());
}

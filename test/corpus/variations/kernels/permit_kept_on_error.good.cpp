// What: A download takes one of two permits in a guard object that gives it back on every way out.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

struct Url {
  std::string host;
  int port;
};

class Permit {
 public:
  explicit Permit(heddle::Semaphore& permits) : permits_(permits) { permits_.Acquire(); }
  ~Permit() { permits_.Release(); }
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;

 private:
  heddle::Semaphore& permits_;
};

class Downloader {
 public:
  std::optional<std::string> Fetch(const Url& url) {
    Permit permit(permits_);
    std::optional<std::string> body = Connect(url);
    if (!body) return std::nullopt;
    if (body->empty()) body = "(nothing)";
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
  fetches.Wait();
  pages.Close();
  for (const std::string& page : pages) std::printf("%s\n", page.c_str());
}

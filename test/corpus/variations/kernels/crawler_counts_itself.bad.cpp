// What: Each crawler counts itself on the wait group when it starts to run, so the wait may pass before any has.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

struct Crawl {
  heddle::WaitGroup running;
};

class Crawler {
 public:
  Crawler(std::shared_ptr<Crawl> crawl, std::string site) : crawl_(std::move(crawl)), site_(std::move(site)) {}

  void operator()() const {
    crawl_->running.Add(1);  // bug: add-after-spawn
    heddle::Defer done([this] { crawl_->running.Done(); });
    std::printf("crawling %s\n", site_.c_str());
  }

 private:
  std::shared_ptr<Crawl> crawl_;
  std::string site_;
};

void CrawlAll(const std::vector<std::string>& sites) {
  auto crawl = std::make_shared<Crawl>();
  for (const std::string& site : sites) {
    heddle::go(Crawler(crawl, site));  // bug: add-after-spawn, unawaited-task
  }
  crawl->running.Wait();  // bug: add-after-spawn
}

int main() {
  CrawlAll({"a.example", "b.example", "c.example"});
}

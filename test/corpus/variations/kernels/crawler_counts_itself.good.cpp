// What: Each crawler is counted on the wait group by the one that starts it.
// Run: clean
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
    crawl->running.Add(1);
    heddle::go(Crawler(crawl, site));
  }
  crawl->running.Wait();
}

int main() {
  CrawlAll({"a.example", "b.example", "c.example"});
}

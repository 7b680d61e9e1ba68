// What: A page is laid out once, in a task that holds the page's lock and runs the page's snippets; a snippet measures a page without its layout, which needs no lock.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

class Page;
using Snippet = std::function<std::string(Page&)>;

class Page {
 public:
  explicit Page(std::string text) : text_(std::move(text)) {}

  void Use(Snippet snippet) { snippets_.push_back(std::move(snippet)); }
  std::size_t BareLength() const { return text_.size(); }

  std::size_t Length() {
    LayOut();
    return Measure();
  }

  void Close() { layout_.Wait(); }

 private:
  // Lays the page out the first time; gives up waiting, not laying out, after a while.
  void LayOut() {
    if (laid_out_.exchange(true)) return;
    heddle::Channel<heddle::Unit> ready(1);
    layout_.Go([this, ready] {
      heddle::MutexLock lock(mu_);
      RunSnippets();
      ready.Send(heddle::Unit{});
    });
    heddle::Select(heddle::OnRecv(ready), heddle::OnTimeout(1ms));
  }

  void RunSnippets() {
    for (const Snippet& snippet : snippets_) body_ += snippet(*this);
  }

  std::size_t Measure() {
    heddle::MutexLock lock(mu_);
    return text_.size() + body_.size();
  }

  const std::string text_;
  std::vector<Snippet> snippets_;
  std::atomic<bool> laid_out_{false};
  heddle::WaitGroup layout_;
  heddle::Mutex mu_;
  std::string body_;
};

class Site {
 public:
  Page& Add(std::string text) {
    pages_.push_back(std::make_unique<Page>(std::move(text)));
    return *pages_.back();
  }

  void Render() {
    heddle::WaitGroup renderers;
    for (int renderer = 0; renderer < 2; ++renderer) {
      renderers.Go([this] {
        for (const auto& page : pages_) std::printf("page of %zu\n", page->Length());
      });
    }
    renderers.Wait();
    for (const auto& page : pages_) page->Close();
  }

 private:
  std::vector<std::unique_ptr<Page>> pages_;
};

int main() {
  Site site;
  Page& welcome = site.Add("welcome");
  welcome.Use([](Page& page) { return std::to_string(page.BareLength()) + " letters"; });
  site.Add("imprint");
  site.Render();
}

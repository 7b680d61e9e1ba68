// What: Two branches answer stock queries in their loops and ask the other branch from there; when both ask at once, neither loop receives the other's query.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>

namespace {

class Branch {
 public:
  struct Query {
    std::string article;
    bool forwarded = false;
    heddle::Channel<int> stock{1};
  };

  explicit Branch(std::map<std::string, int> stock) : stock_(std::move(stock)) {}

  void Open(Branch& other) {
    other_ = &other;
    loop_.Go([this] { Serve(); });  // bug: deadlock, leaked-task
  }

  void Close() {
    queries_.Close();
    loop_.Wait();  // bug: deadlock
  }

  int Ask(const std::string& article, bool forwarded = false) {
    Query query{article, forwarded};
    queries_.Send(query);  // bug: deadlock, leaked-task
    return query.stock.Recv().value_or(0);  // bug: deadlock, leaked-task
  }

 private:
  void Serve() {
    for (const Query& query : queries_) {
      if (auto it = stock_.find(query.article); it != stock_.end()) {
        query.stock.Send(it->second);
      } else if (query.forwarded) {
        query.stock.Send(0);
      } else {
        query.stock.Send(other_->Ask(query.article, true));  // bug: deadlock, leaked-task
      }
    }
  }

  const std::map<std::string, int> stock_;
  Branch* other_ = nullptr;
  heddle::Channel<Query> queries_;
  heddle::WaitGroup loop_;
};

int Shop(Branch& branch, const std::string& article, int times) {
  int found = 0;
  for (int i = 0; i < times; ++i) found += branch.Ask(article);
  return found;
}

}  // namespace

int main() {
  Branch north({{"yarn", 3}});
  Branch south({{"reed", 2}});
  north.Open(south);
  south.Open(north);
  heddle::WaitGroup customers;
  int found[2] = {0, 0};
  customers.Go([&] { found[0] = Shop(north, "reed", 500); });
  customers.Go([&] { found[1] = Shop(south, "yarn", 500); });
  customers.Wait();  // bug: deadlock
  north.Close();
  south.Close();
  std::printf("%d\n", found[0] + found[1]);
}

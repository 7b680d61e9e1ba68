// What: A transaction closes its statement channel on commit and refuses a statement after that.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>

class Transaction {
 public:
  enum class State { kOpen, kCommitted };

  Transaction() {
    executor_.Go([this] {
      for (const std::string& statement : statements_) bytes_ += statement.size();
    });
  }
  ~Transaction() { Commit(); }

  bool Execute(std::string statement) {
    if (state_ == State::kCommitted) return false;
    statements_.Send(std::move(statement));
    return true;
  }

  void Commit() {
    if (state_ == State::kCommitted) return;
    state_ = State::kCommitted;
    statements_.Close();
    executor_.Wait();
  }

  std::size_t bytes() const { return bytes_; }

 private:
  State state_ = State::kOpen;
  heddle::Channel<std::string> statements_;
  heddle::WaitGroup executor_;
  std::size_t bytes_ = 0;
};

using Body = std::function<bool(Transaction&)>;

// Runs `body` and commits, again when `body` reports a conflict.
void WithRetry(Transaction& transaction, const Body& body) {
  bool conflict = true;
  for (int attempt = 0; conflict && attempt < 2; ++attempt) {
    conflict = body(transaction);
    transaction.Commit();
  }
}

int main() {
  heddle::WaitGroup clients;
  clients.Go([] {
    auto transaction = std::make_unique<Transaction>();
    int runs = 0;
    WithRetry(*transaction, [&runs](Transaction& open) {
      open.Execute("insert");
      return ++runs == 1;
    });
    std::printf("%zu bytes\n", transaction->bytes());
  });
  clients.Wait();
}

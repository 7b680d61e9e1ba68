// What: An auction takes a bid under its lock; a rule that rejects the bid calls a hook of the auction, which takes the same lock.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

struct Bid {
  int bidder;
  int amount;
};

class Rule {
 public:
  virtual ~Rule() = default;
  virtual bool Accepts(const Bid& bid, int highest) const = 0;
};

class HigherThan : public Rule {
 public:
  explicit HigherThan(int step) : step_(step) {}
  bool Accepts(const Bid& bid, int highest) const override { return bid.amount >= highest + step_; }

 private:
  const int step_;
};

class Auction {
 public:
  explicit Auction(std::unique_ptr<Rule> rule)
      : rule_(std::move(rule)), on_reject_([this](const Bid& bid) { NoteRejection(bid); }) {}
  virtual ~Auction() = default;

  bool Place(const Bid& bid) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    if (!rule_->Accepts(bid, highest_)) {
      on_reject_(bid);  // bug: double-lock, deadlock, callback-under-lock
      return false;
    }
    highest_ = bid.amount;
    return true;
  }

  std::size_t rejected() {
    heddle::MutexLock lock(mu_);
    return rejected_.size();
  }

 private:
  void NoteRejection(const Bid& bid) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    rejected_.push_back(bid);
  }

  heddle::Mutex mu_;
  std::unique_ptr<Rule> rule_;
  std::function<void(const Bid&)> on_reject_;
  int highest_ = 0;
  std::vector<Bid> rejected_;
};

int main() {
  Auction auction(std::make_unique<HigherThan>(10));
  heddle::WaitGroup bidders;
  for (int bidder = 1; bidder <= 3; ++bidder) {
    bidders.Go([&auction, bidder] {
      for (int amount = 15; amount < 40; amount += 5) auction.Place({bidder, amount});  // bug: deadlock
    });
  }
  bidders.Wait();  // bug: deadlock
  std::printf("%zu bids rejected\n", auction.rejected());
}

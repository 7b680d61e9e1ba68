// What: A feed sends its quotes and forgets to close the channel, which its reader receives from until it is closed.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Quote {
  std::string symbol;
  int cents;
};

class Feed {
 public:
  explicit Feed(std::vector<Quote> quotes) : quotes_(std::move(quotes)) {}

  heddle::RecvChannel<Quote> Open() {
    sender_.Go([this] {  // bug: unclosed-range, deadlock
      for (const Quote& quote : quotes_) out_.Send(quote);
    });  // bug: unclosed-range, deadlock
    return out_;
  }
  void Wait() { sender_.Wait(); }

 private:
  std::vector<Quote> quotes_;
  heddle::Channel<Quote> out_;  // bug: unclosed-range
  heddle::WaitGroup sender_;
};

int Highest(heddle::RecvChannel<Quote> quotes) {
  int highest = 0;
  while (std::optional<Quote> quote = quotes.Recv()) {  // bug: unclosed-range, deadlock
    if (quote->cents > highest) highest = quote->cents;
  }
  return highest;
}

int main() {
  Feed feed({{"ABC", 120}, {"ABC", 135}, {"ABC", 128}});
  std::printf("highest %d\n", Highest(feed.Open()));  // bug: unclosed-range, deadlock
  feed.Wait();
}

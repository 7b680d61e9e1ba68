// What: A feed sends its quotes and closes the channel, which its reader receives from until it is closed.
// Run: clean
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
    sender_.Go([this] {
      for (const Quote& quote : quotes_) out_.Send(quote);
      out_.Close();
    });
    return out_;
  }
  void Wait() { sender_.Wait(); }

 private:
  std::vector<Quote> quotes_;
  heddle::Channel<Quote> out_;
  heddle::WaitGroup sender_;
};

int Highest(heddle::RecvChannel<Quote> quotes) {
  int highest = 0;
  while (std::optional<Quote> quote = quotes.Recv()) {
    if (quote->cents > highest) highest = quote->cents;
  }
  return highest;
}

int main() {
  Feed feed({{"ABC", 120}, {"ABC", 135}, {"ABC", 128}});
  std::printf("highest %d\n", Highest(feed.Open()));
  feed.Wait();
}

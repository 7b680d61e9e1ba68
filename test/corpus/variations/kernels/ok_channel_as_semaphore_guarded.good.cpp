// What: A channel of tokens limits how many tasks print at once; a guard takes a token and gives it back on every way out, a failure included.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

class Tokens {
 public:
  explicit Tokens(std::size_t count) : free_(count) {
    for (std::size_t i = 0; i < count; ++i) free_.Send(heddle::Unit{});
  }

  class Guard {
   public:
    explicit Guard(Tokens& tokens) : tokens_(tokens) { tokens_.free_.Recv(); }
    ~Guard() { tokens_.free_.Send(heddle::Unit{}); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Tokens& tokens_;
  };

 private:
  heddle::Channel<heddle::Unit> free_;
};

class PrintShop {
 public:
  explicit PrintShop(std::size_t presses) : presses_(presses) {}

  bool Print(const std::string& text) {
    try {
      Tokens::Guard press(presses_);
      const int now = ++busy_;
      HEDDLE_DEFER(--busy_);
      if (now > 2) ++crowded_;
      Set(text);
      return true;
    } catch (const std::invalid_argument&) {
      return false;
    }
  }

  int crowded() const { return crowded_.load(); }

 private:
  static void Set(const std::string& text) {
    if (text.empty()) throw std::invalid_argument("nothing to print");
    heddle::Yield();
  }

  Tokens presses_;
  std::atomic<int> busy_{0};
  std::atomic<int> crowded_{0};
};

int main() {
  PrintShop shop(2);
  heddle::WaitGroup customers;
  std::atomic<int> printed{0};
  for (const char* text : {"menu", "", "poster", "", "", "card", "book"}) {
    customers.Go([&, order = std::string(text)] { printed += shop.Print(order); });
  }
  customers.Wait();
  std::printf("%d printed, %d crowded\n", printed.load(), shop.crowded());
}

// What: Customers put the channel for the reply into their request; the counter answers every request that it took and the door is closed behind the last customer.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>

class Counter {
 public:
  struct Request {
    std::string account;
    int delta;
    heddle::SendChannel<std::optional<int>> reply;
  };

  Counter() { clerk_.Go(&Counter::Serve, this); }
  ~Counter() {
    requests_.Close();
    clerk_.Wait();
  }

  // The new balance, or nothing if there is too little.
  std::optional<int> Change(const std::string& account, int delta) {
    heddle::Channel<std::optional<int>> reply;
    requests_.Send({account, delta, reply});
    return reply.Recv().value_or(std::nullopt);
  }

 private:
  void Serve() {
    std::map<std::string, int> balances;
    while (std::optional<Request> request = requests_.Recv()) {
      request->reply.Send(Apply(balances[request->account], request->delta));
    }
  }

  static std::optional<int> Apply(int& balance, int delta) {
    if (balance + delta < 0) return std::nullopt;
    return balance += delta;
  }

  heddle::Channel<Request> requests_;
  heddle::WaitGroup clerk_;
};

int main() {
  Counter counter;
  heddle::WaitGroup customers;
  for (int customer = 0; customer < 4; ++customer) {
    customers.Go([&counter, customer] {
      const std::string account = customer % 2 == 0 ? "even" : "odd";
      for (int turn = 1; turn <= 5; ++turn) {
        if (!counter.Change(account, turn % 3 == 0 ? -4 : 2)) std::printf("refused\n");
      }
    });
  }
  customers.Wait();
  std::printf("even: %d\n", counter.Change("even", 0).value_or(-1));
}

// What: A bank teller serves requests until closing time; a customer whose request comes after that waits for a teller who is gone.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <variant>

struct Deposit {
  int amount;
};
struct Balance {};

class Teller {
 public:
  void Serve() {
    HEDDLE_DEFER(door_.Close());
    for (bool open = true; open;) {
      heddle::Select(heddle::OnRecv(requests_, [&](std::optional<Request> request) { Handle(*request); }),
                     heddle::OnRecv(closing_, [&](auto) { open = false; }));  // bug: leaked-task, deadlock
    }
  }

  std::optional<int> Ask(std::variant<Deposit, Balance> what) {
    Request request{what, heddle::Channel<int>(1)};
    requests_.Send(request);  // bug: leaked-task, deadlock
    return request.reply.Recv();
  }

  void CloseAt() { closing_.Close(); }

 private:
  struct Request {
    std::variant<Deposit, Balance> what;
    heddle::Channel<int> reply;
  };

  void Handle(const Request& request) {
    if (const auto* deposit = std::get_if<Deposit>(&request.what)) balance_ += deposit->amount;
    request.reply.Send(balance_);
  }

  heddle::Channel<Request> requests_;
  heddle::Channel<heddle::Unit> closing_;
  heddle::Channel<heddle::Unit> door_;
  int balance_ = 0;
};

int main() {
  Teller teller;
  heddle::WaitGroup people;
  people.Go([&] { teller.Serve(); });
  for (int customer = 1; customer <= 3; ++customer) {
    people.Go([&teller, customer] {  // bug: leaked-task
      teller.Ask(Deposit{customer * 10});
      std::printf("customer %d: %d\n", customer, teller.Ask(Balance{}).value_or(-1));
    });
  }
  people.Go([&] { teller.CloseAt(); });
  people.Wait();  // bug: deadlock
}

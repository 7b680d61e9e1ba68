// What: A ticket machine issues tickets between a lock and an unlock; an issue that throws skips the unlock, and the machine's next customer waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

class TicketMachine {
 public:
  using Printer = std::function<std::string(int)>;
  explicit TicketMachine(Printer printer) : printer_(std::move(printer)) {}

  std::string Issue(int zones) {
    mu_.Lock();  // bug: missing-unlock, deadlock, double-lock
    const int number = ++last_;
    Check(zones);  // bug: missing-unlock, deadlock
    std::string ticket = printer_(number);
    mu_.Unlock();
    return ticket;
  }

 private:
  static void Check(int zones) {
    if (zones < 1) throw std::invalid_argument("no such zone");  // bug: missing-unlock
  }

  const Printer printer_;
  heddle::Mutex mu_;
  int last_ = 0;
};

class Customer {
 public:
  Customer(TicketMachine& machine, int zones) : machine_(machine), zones_(zones) {}

  // Tries until there is a ticket, with one more zone every time.
  void Buy() {
    for (int zones = zones_; ticket_.empty(); ++zones) {
      try {
        ticket_ = machine_.Issue(zones);  // bug: missing-unlock, deadlock, double-lock
      } catch (const std::invalid_argument& error) {
        ++refusals_;
      }
    }
  }

  void Show() const { std::printf("%s after %d refusals\n", ticket_.c_str(), refusals_); }

 private:
  TicketMachine& machine_;
  const int zones_;
  std::string ticket_;
  int refusals_ = 0;
};

int main() {
  TicketMachine machine([](int number) { return "ticket " + std::to_string(number); });
  Customer first(machine, 2);
  Customer second(machine, -1);
  heddle::WaitGroup queue;
  queue.Go([&] { first.Buy(); });
  queue.Go([&] { second.Buy(); });  // bug: deadlock
  queue.Wait();  // bug: deadlock
  first.Show();
  second.Show();
}

// What: A fare office answers a request with its read gate entered, which stands for the tariff lock; a discount far down the calls reads the tariffs under the lock that the gate holds.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <string>
#include <utility>

// The shared side of somebody else's lock.
class ReadGate {
 public:
  explicit ReadGate(heddle::RWMutex& mu) : mu_(mu) {}
  void Enter() { mu_.RLock(); }
  void Leave() { mu_.RUnlock(); }

 private:
  heddle::RWMutex& mu_;
};

class FareOffice;

class Ticket {
 public:
  explicit Ticket(std::string line) : line_(std::move(line)) {}
  int Price(FareOffice& office) const;

 private:
  int Discount(FareOffice& office) const;
  const std::string line_;
};

class FareOffice {
 public:
  // Sells `ticket` at the tariffs of one moment.
  int Sell(const Ticket& ticket) {
    gate_.Enter();
    HEDDLE_DEFER(gate_.Leave());
    return Attempt(ticket);
  }

  int TariffFor(const std::string& line) {
    return TariffLocked(line);  // the seller holds the gate
  }

  void Update(const std::string& line, int cents) {
    heddle::WriterLock lock(tariffs_mu_);
    tariffs_[line] = cents;
  }

 private:
  int Attempt(const Ticket& ticket) { return ticket.Price(*this); }

  int TariffLocked(const std::string& line) const {
    auto it = tariffs_.find(line);
    return it == tariffs_.end() ? 0 : it->second;
  }

  heddle::RWMutex tariffs_mu_;
  ReadGate gate_{tariffs_mu_};
  std::map<std::string, int> tariffs_;
};

int Ticket::Price(FareOffice& office) const { return 500 - Discount(office); }

int Ticket::Discount(FareOffice& office) const {
  return office.TariffFor(line_) / 10;
}

int main() {
  FareOffice office;
  office.Update("harbour", 320);
  long revenue = 0;
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int cents = 320; cents < 5320; ++cents) office.Update("harbour", cents);
  });
  tasks.Go([&] {
    const Ticket ticket("harbour");
    for (int sale = 0; sale < 5000; ++sale) revenue += office.Sell(ticket);
  });
  tasks.Wait();
  std::printf("%ld cents\n", revenue);
}

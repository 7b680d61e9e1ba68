// RUN: %expect %s
// An object that holds a lock from its beginning to its commit or its end, made
// by a function and moved: its destructor knows whether it has it still.
#include <heddle/heddle.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>

class Ledger {
 public:
  class Entry {
   public:
    explicit Entry(Ledger& ledger) : ledger_(&ledger) { ledger_->mu_.Lock(); }
    Entry(Entry&& other) noexcept : ledger_(std::exchange(other.ledger_, nullptr)) {}
    ~Entry() {
      if (ledger_ != nullptr) Drop();
    }
    int Balance(const std::string& who) const { return ledger_->balances_[who]; }
    void Book() { Drop(); }

   private:
    void Drop() { std::exchange(ledger_, nullptr)->mu_.Unlock(); }
    Ledger* ledger_;
  };

  [[nodiscard]] Entry Open() { return Entry(*this); }

 private:
  heddle::Mutex mu_;
  std::map<std::string, int> balances_;
};

void Pay(Ledger& ledger, const std::string& who, int cents) {
  Ledger::Entry entry = ledger.Open();
  if (entry.Balance(who) < cents) throw std::domain_error("poor");
  entry.Book();
}

int main() {
  Ledger ledger;
  heddle::WaitGroup payers;
  for (int i = 0; i < 4; ++i)
    payers.Go([&ledger, i] {
      for (int turn = 0; turn < 3; ++turn) try {
          Pay(ledger, "Ada", i);
        } catch (const std::domain_error&) {
          heddle::Yield();
        }
    });
  payers.Wait();
}

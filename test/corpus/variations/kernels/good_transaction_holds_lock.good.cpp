// What: A store's transaction takes the lock when it begins and gives it back in exactly one of commit, roll-back and destructor; the lock lives across several calls.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

class Store {
 public:
  class Transaction {
   public:
    explicit Transaction(Store& store) : store_(&store) { store_->Begin(); }
    Transaction(Transaction&& other) noexcept
        : store_(std::exchange(other.store_, nullptr)), changes_(std::move(other.changes_)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction() {
      if (store_ != nullptr) RollBack();
    }

    int Get(const std::string& key) const {
      if (auto it = changes_.find(key); it != changes_.end()) return it->second;
      auto it = store_->values_.find(key);
      return it == store_->values_.end() ? 0 : it->second;
    }
    void Set(const std::string& key, int value) { changes_[key] = value; }

    void Commit() {
      for (const auto& [key, value] : changes_) store_->values_[key] = value;
      std::exchange(store_, nullptr)->End();
    }
    void RollBack() {
      changes_.clear();
      std::exchange(store_, nullptr)->End();
    }

   private:
    Store* store_;
    std::map<std::string, int> changes_;
  };

  [[nodiscard]] Transaction Open() { return Transaction(*this); }

 private:
  void Begin() { mu_.Lock(); }
  void End() { mu_.Unlock(); }

  heddle::Mutex mu_;
  std::map<std::string, int> values_;
};

void Move(Store& store, const std::string& from, const std::string& to, int amount) {
  Store::Transaction transaction = store.Open();
  const int left = transaction.Get(from) - amount;
  if (left < 0) throw std::domain_error("overdrawn");
  transaction.Set(from, left);
  transaction.Set(to, transaction.Get(to) + amount);
  transaction.Commit();
}

}  // namespace

int main() {
  Store store;
  {
    auto setup = store.Open();
    setup.Set("bread", 50);
    setup.Set("butter", 50);
    setup.Commit();
  }
  heddle::WaitGroup movers;
  for (int i = 0; i < 6; ++i) {
    movers.Go([&store, i] {
      for (int step = 0; step < 10; ++step) {
        try {
          if (i % 2 == 0) {
            Move(store, "bread", "butter", 7);
          } else {
            Move(store, "butter", "bread", 5);
          }
        } catch (const std::domain_error&) {
          heddle::Yield();
        }
      }
    });
  }
  movers.Wait();
  auto check = store.Open();
  std::printf("%d\n", check.Get("bread") + check.Get("butter"));
  check.RollBack();
}

// What: Stock, orders and billing each lock themselves; billing calls stock only after it has let go of its own lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>

class Stock;

class Billing {
 public:
  void Charge(int amount) {
    heddle::MutexLock lock(mu_);
    total_ += amount;
  }
  void Refund(int amount);
  void OnRefund(std::function<void(int)> give_back) { give_back_ = std::move(give_back); }

 private:
  heddle::Mutex mu_;
  int total_ = 0;
  std::function<void(int)> give_back_;
};

class Orders {
 public:
  explicit Orders(Billing& billing) : billing_(billing) {}
  void Place(int pieces) {
    heddle::MutexLock lock(mu_);
    placed_ += pieces;
    billing_.Charge(pieces * 3);
  }
  void Reserve(int pieces) {
    heddle::MutexLock lock(mu_);
    reserved_ += pieces;
  }

 private:
  Billing& billing_;
  heddle::Mutex mu_;
  int placed_ = 0;
  int reserved_ = 0;
};

class Stock {
 public:
  explicit Stock(Orders& orders) : orders_(orders) {}
  void Announce(int pieces) {
    heddle::MutexLock lock(mu_);
    on_shelf_ -= pieces;
    orders_.Reserve(pieces);
  }
  void Return(int pieces) {
    heddle::MutexLock lock(mu_);
    on_shelf_ += pieces;
  }

 private:
  Orders& orders_;
  heddle::Mutex mu_;
  int on_shelf_ = 100'000;
};

void Billing::Refund(int amount) {
  {
    heddle::MutexLock lock(mu_);
    total_ -= amount;
  }
  give_back_(amount / 3);
}

int main() {
  Billing billing;
  Orders orders(billing);
  Stock stock(orders);
  billing.OnRefund([&stock](int pieces) { stock.Return(pieces); });

  heddle::WaitGroup tasks;
  auto repeat = [&tasks](std::function<void()> step) {
    tasks.Go([step = std::move(step)] {
      for (int i = 0; i < 20'000; ++i) step();
    });
  };
  repeat([&] { orders.Place(1); });
  repeat([&] { stock.Announce(1); });
  repeat([&] { billing.Refund(3); });
  tasks.Wait();
  std::printf("done\n");
}

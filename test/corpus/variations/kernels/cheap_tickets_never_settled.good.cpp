// What: A ticket counter sells seats against a promise of payment; at the end of the day every ticket is settled, paid or not.
// Run: clean
#include <cstdio>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

struct Ticket {
  int seat = 0;
  std::promise<bool> paid;
};

class Counter {
 public:
  std::future<bool> Sell(int seat) {
    auto ticket = std::make_unique<Ticket>();
    ticket->seat = seat;
    std::future<bool> paid = ticket->paid.get_future();
    open_.push_back(std::move(ticket));
    return paid;
  }

  void CloseDay() {
    for (auto& ticket : open_)
      ticket->paid.set_value(ticket->seat > 10);
  }

 private:
  std::vector<std::unique_ptr<Ticket>> open_;
};

int main() {
  Counter counter;
  std::future<bool> stalls = counter.Sell(12);
  std::future<bool> gallery = counter.Sell(7);
  std::thread cashier([&] { counter.CloseDay(); });
  bool paid = stalls.get();
  paid = gallery.get() && paid;
  cashier.join();
  std::printf("%s\n", paid ? "all paid" : "somebody owes");
}

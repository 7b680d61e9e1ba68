// What: A ticket counter sells seats against a promise of payment; at the end of the day only the dear seats are settled, and who asks for a cheap one waits.
// Run: deadlock
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
    open_.push_back(std::move(ticket));  // bug: deadlock
    return paid;
  }

  void CloseDay() {
    for (auto& ticket : open_)
      if (ticket->seat > 10) ticket->paid.set_value(true);  // bug: deadlock
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
  paid = gallery.get() && paid;  // bug: deadlock
  cashier.join();
  std::printf("%s\n", paid ? "all paid" : "somebody owes");
}

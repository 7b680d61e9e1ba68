// RUN: %expect %s
#include <heddle/heddle.h>

#include <future>

int Measure();

class Order {
 public:
  Order() : ready_(std::async(std::launch::async, Measure)) {}
  int Await() { return ready_.get(); }  // want: blocking-in-task "waiting for 'ready_'"

 private:
  std::future<int> ready_;
};

void Bake(Order& order) { order.Await(); }

void Day(Order& order) {
  heddle::WaitGroup day;
  day.Go(Bake, std::ref(order));  // note: "the goroutine is started here"
  day.Wait();
}

int OnTheCaller(Order& order) { return order.Await(); }

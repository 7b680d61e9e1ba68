// RUN: %expect %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

// Nobody says anything.
void Forgotten() {
  std::promise<int> weight;
  std::future<int> scale = weight.get_future();
  std::thread porter([&] {});
  scale.get();  // want: deadlock "waiting for 'scale'"
  porter.join();
}

// Each waits for what the other says afterwards.
void Politeness() {
  std::promise<int> left, right;
  std::future<int> from_left = left.get_future(), from_right = right.get_future();
  std::thread a([&] { left.set_value(from_right.get() + 1); });  // want: deadlock "'Politeness' never goes on"
  std::thread b([&] { right.set_value(from_left.get() + 1); });
  a.join();
  b.join();
}

// A promise on a list that nobody looks at.
class Waitlist {
 public:
  std::future<int> Enter() {
    guests_.emplace_back();
    return guests_.back().get_future();
  }

 private:
  std::vector<std::promise<int>> guests_;
};

void NobodyCallsThem() {
  Waitlist list;
  std::future<int> table = list.Enter();
  std::thread guest([&] { table.wait(); });  // want: deadlock "waiting for 'table'"
  guest.join();
}

// Who would keep it needs the lock of who waits.
void KeptUnderLock() {
  std::mutex till;
  auto change = std::make_shared<std::promise<int>>();
  std::shared_future<int> coins = change->get_future();
  std::thread clerk([&till, change] {
    std::lock_guard<std::mutex> lock(till);
    change->set_value(4);
  });
  till.lock();
  coins.get();  // want: deadlock "waiting for 'coins'" want: blocking-under-lock advice "blocks while 'till' is held"
  till.unlock();
  clerk.join();
}

// A request goes through a channel; the one for locker 3 is put aside.
struct Request {
  int locker = 0;
  std::promise<int> key;
};

class Porter {
 public:
  int Ask(int locker) {
    Request request;
    request.locker = locker;
    std::future<int> key = request.key.get_future();
    requests_.Send(std::move(request));
    return key.get();  // want: deadlock "waiting for 'key'"
  }
  void Serve() {
    while (std::optional<Request> request = requests_.Recv()) {  // want: leaked-task "receiving from 'requests_'"
      if (request->locker == 3) {
        aside_.push_back(std::move(*request));
        continue;
      }
      request->key.set_value(request->locker * 2);
    }
  }
  void Close() { requests_.Close(); }

 private:
  heddle::Channel<Request> requests_{4};
  std::vector<Request> aside_;
};

void AskForTwoKeys() {
  Porter porter;
  heddle::WaitGroup wg;
  wg.Go([&] { porter.Serve(); });
  porter.Ask(2);
  porter.Ask(3);
  porter.Close();
  wg.Wait();
}

// By number, and the wrong one.
void WrongNumber() {
  std::map<int, std::promise<int>> calls;
  std::future<int> one = calls[1].get_future();
  std::future<int> two = calls[2].get_future();
  std::thread line([&] {
    calls[1].set_value(10);
    if (calls.count(3)) calls[2].set_value(20);
  });
  one.get();
  two.get();  // want: deadlock "waiting for 'two'"
  line.join();
}

// A function that would keep it stays in a queue.
class Kitchen {
 public:
  Kitchen() : cook_([this] { Cook(); }) {}
  ~Kitchen() {
    Close();
    cook_.join();
  }
  std::future<int> Order(int dish) {
    auto served = std::make_shared<std::promise<int>>();
    std::future<int> plate = served->get_future();
    std::lock_guard<std::mutex> lock(mu_);
    orders_.push_back([served, dish] { served->set_value(dish); });
    more_.notify_one();
    return plate;
  }
  void Close() {
    std::lock_guard<std::mutex> lock(mu_);
    closed_ = true;
    more_.notify_all();
  }

 private:
  void Cook() {
    for (;;) {
      std::function<void()> order;
      {
        std::unique_lock<std::mutex> lock(mu_);
        more_.wait(lock, [this] { return closed_ || !orders_.empty(); });
        if (closed_) return;
        order = std::move(orders_.front());
        orders_.pop_front();
      }
      order();
    }
  }

  std::mutex mu_;
  std::condition_variable more_;
  std::deque<std::function<void()>> orders_;
  bool closed_ = false;
  std::thread cook_;
};

void LastOrder() {
  Kitchen kitchen;
  std::future<int> plate = kitchen.Order(7);
  kitchen.Close();
  plate.get();  // want: deadlock "waiting for 'plate'"
}

// What a task returned says where to wait.
void ReturnedSaysSo() {
  heddle::Channel<int> bell;
  std::future<bool> is_open = std::async(std::launch::async, [] { return false; });
  if (!is_open.get()) bell.Recv();  // want: deadlock "receiving from 'bell'"
}
